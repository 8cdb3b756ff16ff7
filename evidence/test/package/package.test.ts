import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'

const repository = fileURLToPath(new URL('../../../../', import.meta.url))
const fixture = path.join(repository, 'evidence/test/fixtures/sealed')

/** Refuses any connection, so that a verifier that asks anybody fails. */
const OFFLINE = `import net from 'node:net'; import dns from 'node:dns'
net.Socket.prototype.connect = dns.lookup = () => { throw new Error('a connection was opened') }`

const VERIFY = `import { readFileSync } from 'node:fs'
import { formatReport, verify } from '@caizheng/evidence'
const [document, evidence, trust] = process.argv.slice(2).map((name) => new Uint8Array(readFileSync(name)))
const report = verify(document, evidence, trust)
console.log(formatReport(report).join('\\n'))
process.exitCode = report.outcome === 'VALID' ? 0 : 1`

/** The packages of others that a package needs, with what those need. */
function dependenciesOf(name: string, found = new Set<string>()): Set<string> {
  const folder = path.join(repository, 'node_modules', name)
  const { dependencies = {} } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as {
    dependencies?: Record<string, string>
  }
  for (const needed of Object.keys(dependencies)) {
    if (found.has(needed) || needed.startsWith('@caizheng/')) continue
    found.add(needed)
    dependenciesOf(needed, found)
  }
  return found
}

describe('In a clean folder with only the package', function () {
  this.timeout(120_000)
  const folder = mkdtempSync(path.join(tmpdir(), 'clean-'))
  const at = (name: string) => path.join(folder, name)
  const run = (document = 'contract.txt', evidence = 'contract.txt.evidence.json', trust = 'trust.json') => {
    try {
      const args = ['--import', './offline.mjs', 'verify.mjs', document, evidence, trust]
      return { code: 0, said: execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8', stdio: 'pipe' }) }
    } catch (error) {
      const { status, stdout } = error as { status: number; stdout: string }
      return { code: status, said: stdout }
    }
  }

  before(() => {
    for (const room of ['records', 'fabric-wire', 'evidence']) {
      const target = at(`node_modules/@caizheng/${room}`)
      mkdirSync(target, { recursive: true })
      mkdirSync(at(room))
      const pack = ['pack', '--ignore-scripts', '--offline', '--silent', '--pack-destination', at(room)]
      execFileSync('npm', pack, { cwd: path.join(repository, room), stdio: 'pipe' })
      const [archive = ''] = readdirSync(at(room))
      execFileSync('tar', ['-xzf', path.join(at(room), archive), '-C', target, '--strip-components', '1'])
      for (const needed of dependenciesOf(`@caizheng/${room}`)) {
        const copy = at(`node_modules/${needed}`)
        if (!existsSync(copy)) cpSync(path.join(repository, 'node_modules', needed), copy, { recursive: true })
      }
    }
    for (const name of readdirSync(fixture)) cpSync(path.join(fixture, name), at(name))
    writeFileSync(at('offline.mjs'), OFFLINE)
    writeFileSync(at('verify.mjs'), VERIFY)
  })
  after(() => {
    rmSync(folder, { recursive: true })
  })

  it('a document is verified offline', () => {
    const { code, said } = run()
    expect(said).to.contain('Valid: the nodes of audit, construction and finance held this record')
    expect(code).to.equal(0)
  })

  it('with one byte changed the step is named', () => {
    const change = (name: string, place: string | RegExp, by: string) => {
      const text = readFileSync(at(name), 'utf8')
      expect(text.search(place)).to.be.greaterThan(-1)
      writeFileSync(at(`changed-${name}`), text.replace(place, by))
      return `changed-${name}`
    }
    const wrongDocument = run(change('contract.txt', '9', '8'))
    expect(wrongDocument.code).to.equal(1)
    expect(wrongDocument.said).to.match(/Invalid: "document matches its record" failed: the SHA-256 digest/)
    const changed = change('contract.txt.evidence.json', /(?<="proposalPayload":"[^"]{40})[^"]/, 'z')
    const wrongEvidence = run('contract.txt', changed)
    expect(wrongEvidence.code).to.equal(1)
    expect(wrongEvidence.said).to.contain('Invalid: "receipt is strictly encoded" failed')
    const wrongTrust = run('contract.txt', undefined, change('trust.json', '"fiscal"', '"fiscam"'))
    expect(wrongTrust.said).to.contain('Invalid: "receipt is of this channel" failed')
  })
})
