import { expect } from 'chai'
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chaincodeBundle } from '../src/index.js'
import { loadChaincode } from './proposal.js'

describe('the bundle', () => {
  // Lost decorator metadata fails silently: the transactions would be there, without parameters.
  it('keeps every transaction with its parameters, by name', () => {
    const { contracts } = loadChaincode().metadata
    expect(Object.keys(contracts)).to.deep.equal(['EvidenceContract', 'org.hyperledger.fabric'])
    const signatures = contracts['EvidenceContract']?.transactions.map(({ name, tag, parameters }) => {
      return `${tag[0] ?? ''} ${name}(${parameters.map((parameter) => `${parameter.name}: ${parameter.schema.type}`).join(', ')})`
    })
    expect(signatures).to.deep.equal([
      'SUBMIT Bootstrap(request: string)',
      'EVALUATE GetNetwork()',
      'SUBMIT AnchorDocument(request: string)',
      'EVALUATE GetAnchor(id: string)',
      'EVALUATE FindByDigest(algorithm: string, digest: string, pageSize: string, bookmark: string)',
      'EVALUATE ListByProject(project: string, pageSize: string, bookmark: string)',
      'EVALUATE ListVersions(id: string, pageSize: string, bookmark: string)',
      'SUBMIT AnchorBatch(request: string)',
      'EVALUATE GetBatch(id: string)',
      'EVALUATE GetLane(id: string)',
      'EVALUATE ListLanes(pageSize: string, bookmark: string)',
      'EVALUATE ListBatches(lane: string, from: string, pageSize: string)',
      'SUBMIT Checkpoint(request: string)',
      'EVALUATE GetCheckpoint(checkpoint: string)',
      'EVALUATE GetLog()',
    ])
    for (const { returns } of contracts['EvidenceContract']?.transactions ?? []) expect(returns.type).to.equal('string')
  })

  it('requires nothing but Fabric and Node', () => {
    const { path } = chaincodeBundle('evidence')
    const required = [...readFileSync(path, 'utf8').matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name]) => name)
    expect([...new Set(required)].sort()).to.deep.equal(['fabric-contract-api', 'fabric-shim', 'node:crypto'])
  })

  it('is described by its own digest', () => {
    const { digest, path, version } = chaincodeBundle('evidence')
    expect(digest).to.equal(createHash('sha256').update(readFileSync(path)).digest('hex'))
    expect(version)
      .to.match(/^[A-Za-z0-9_.+-]+$/)
      .and.to.include(digest)
  })

  it('is what the present code gives, byte for byte', () => {
    const folder = mkdtempSync(join(tmpdir(), 'bundle-'))
    try {
      execFileSync(process.execPath, ['bundle.mjs', folder], { cwd: join(__dirname, '..', '..') })
      expect(
        readFileSync(join(folder, 'evidence.cjs')).equals(readFileSync(chaincodeBundle('evidence').path)),
      ).to.equal(true)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
