import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { servicePackage } from '../src/index.js'

const builder = fileURLToPath(new URL('../../programs/builder/bin', import.meta.url))

describe('a chaincode package', () => {
  let folder: string

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'caizheng-package-'))
  })
  afterEach(() => {
    rmSync(folder, { recursive: true })
  })

  /** Unpacks as the peer does, with a program that others wrote. */
  const unpack = (archive: string, into: string): void => {
    mkdirSync(into)
    execFileSync('tar', ['-xzf', archive, '-C', into])
  }

  const unpacked = (): { metadata: string; source: string } => {
    writeFileSync(join(folder, 'package.tgz'), servicePackage('evidence_1.0', '127.0.0.1:9999').bytes)
    unpack(join(folder, 'package.tgz'), join(folder, 'metadata'))
    unpack(join(folder, 'metadata', 'code.tar.gz'), join(folder, 'source'))
    return { metadata: join(folder, 'metadata'), source: join(folder, 'source') }
  }

  it('is the same, byte for byte, for the same label and address, and another for another', () => {
    const first = servicePackage('evidence_1.0', '127.0.0.1:9999')
    expect(servicePackage('evidence_1.0', '127.0.0.1:9999')).to.deep.equal(first)
    expect(servicePackage('evidence_1.0', '127.0.0.1:9998').id).to.not.equal(first.id)
    expect(first.id).to.equal(`evidence_1.0:${createHash('sha256').update(first.bytes).digest('hex')}`)
  })

  it('tells where the chaincode listens', () => {
    const { metadata, source } = unpacked()
    expect(JSON.parse(readFileSync(join(metadata, 'metadata.json'), 'utf8'))).to.include({
      type: 'ccaas',
      label: 'evidence_1.0',
    })
    expect(JSON.parse(readFileSync(join(source, 'connection.json'), 'utf8'))).to.include({ address: '127.0.0.1:9999' })
  })

  it('is detected, built and released by the builder that peers run', () => {
    const { metadata, source } = unpacked()
    const [output, release] = [join(folder, 'output'), join(folder, 'release')]
    mkdirSync(output)
    mkdirSync(release)
    mkdirSync(join(source, 'META-INF/statedb/couchdb/indexes'), { recursive: true })
    writeFileSync(join(source, 'META-INF/statedb/couchdb/indexes/one.json'), '{}')
    execFileSync(join(builder, 'detect'), [source, metadata])
    execFileSync(join(builder, 'build'), [source, metadata, output])
    execFileSync(join(builder, 'release'), [output, release])
    const connection = JSON.parse(readFileSync(join(release, 'chaincode/server/connection.json'), 'utf8')) as object
    expect(connection).to.include({ address: '127.0.0.1:9999' })
    expect(readFileSync(join(release, 'statedb/couchdb/indexes/one.json'), 'utf8')).to.equal('{}')
  })

  it('of another kind is left to other builders', () => {
    const { metadata, source } = unpacked()
    writeFileSync(join(metadata, 'metadata.json'), '{"type":"golang","label":"ccaas"}')
    expect(() => execFileSync(join(builder, 'detect'), [source, metadata])).to.throw()
  })
})
