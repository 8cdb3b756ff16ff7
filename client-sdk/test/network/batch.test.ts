import { randomBytes } from 'node:crypto'
import { buildBatch, encodeEvidence, laneId, LEAF_FORMAT, newLeaf, verify, type Batch } from '@caizheng/evidence'
import { parseBlock, sha256, sm3, toHex } from '@caizheng/fabric-wire'
import { canonicalBytes, type BatchRequest } from '@caizheng/records'
import { expect } from 'chai'
import type { Client } from '../../src/index.js'
import { codeOf } from '../support.js'
import { project, startCounty, type County } from './county.js'

interface Documents {
  readonly documents: readonly Uint8Array[]
  readonly batch: Batch
}

function documentsOf(count: number): Documents {
  const documents = Array.from({ length: count }, () => randomBytes(32))
  const leaves = documents.map((bytes, index) =>
    newLeaf({
      project,
      type: 'SITE_EVIDENCE',
      number: `B-${index}`,
      issuer: '12331003000001011C',
      digests: { sha256: toHex(sha256(bytes)), sm3: toHex(sm3(bytes)) },
      provenance: { sourceSystem: '监理系统', generatedAt: '2024-11-23', generator: 'export 4.2' },
    }),
  )
  return { documents, batch: buildBatch(leaves) }
}

const requestOf = ({ batch: { size, roots } }: Documents, lane: string): BatchRequest => ({
  leafFormat: LEAF_FORMAT,
  size,
  roots,
  lane,
})

describe('batches on the embedded network', function () {
  this.timeout(60_000)
  let county: County
  let finance: Client
  let audit: Client

  before(async () => {
    county = await startCounty()
    finance = await county.client('FinanceMSP')
    audit = await county.client('AuditMSP')
  })
  after(() => county.stop())

  it('anchors a tree, and each document of it verifies offline under one receipt', async () => {
    const some = documentsOf(11)
    const { batch, created, block } = await finance.evidence.batch.anchor(requestOf(some, 'first'))
    expect(created).to.equal(true)
    expect(batch).to.deep.include({ sequence: 1, size: 11, network: county.network.id, lane: 'first' })
    expect(batch).not.to.have.property('previous')
    expect(await finance.status(batch.tx)).to.include({ block, valid: true })

    const { receipt, missing } = await finance.evidence.batch.receipt(batch.id, { committed: true })
    expect(missing).to.deep.equal([])
    for (const index of [0, 7, 10]) {
      const file = encodeEvidence({ receipt, subject: some.batch.subject([index]) })
      const report = verify(some.documents[index] as Uint8Array, file, county.trust)
      expect(report.statement.en).to.match(/^Valid/)
      expect(report.proven).to.deep.include({ record: batch })
      expect(report.proven?.place.block).to.equal(block)
      expect(verify(randomBytes(32), file, county.trust).outcome).to.equal('INVALID')
    }
    const whole = encodeEvidence({ receipt, subject: some.batch.subject() })
    expect(some.documents.every((document) => verify(document, whole, county.trust).outcome === 'VALID')).to.equal(true)

    const other = documentsOf(11)
    const borrowed = verify(
      other.documents[0] as Uint8Array,
      encodeEvidence({ receipt, subject: other.batch.subject([0]) }),
      county.trust,
    )
    expect(borrowed.steps.find(({ outcome }) => outcome === 'failed')).to.include({ fault: 'INCLUSION_ROOT' })
  })

  it('gives numbers and predecessors within a lane, to each submitter its own', async () => {
    const records = []
    for (let number = 1; number <= 3; number++) {
      records.push((await finance.evidence.batch.anchor(requestOf(documentsOf(2), 'row'))).batch)
    }
    expect(records.map(({ sequence }) => sequence)).to.deep.equal([1, 2, 3])
    const digests = records.map((record) => toHex(sha256(canonicalBytes(record))))
    expect(records.map(({ previous }) => previous)).to.deep.equal([undefined, digests[0], digests[1]])
    const [first, , last] = records
    if (first === undefined || last === undefined) throw new Error('three were anchored')
    expect(await audit.evidence.batch.lane(laneId(first))).to.deep.include({
      sequence: 3,
      batch: last.id,
      digest: digests[2],
    })

    const theirs = await audit.evidence.batch.anchor(requestOf(documentsOf(2), 'row'))
    expect(theirs.batch.sequence).to.equal(1)
    expect(laneId(theirs.batch)).not.to.equal(laneId(first))
  })

  it('writes the same tree once, in whichever lane it comes again, and refuses another claim to its root', async () => {
    const some = documentsOf(3)
    const first = await finance.evidence.batch.anchor(requestOf(some, 'once'))
    const height = await finance.height()
    for (const lane of ['once', 'another']) {
      const again = await finance.evidence.batch.anchor(requestOf(some, lane))
      expect(again).to.deep.include({ created: false, block: undefined, batch: first.batch })
    }
    expect(await finance.height()).to.equal(height)
    expect((await finance.evidence.batch.lane(laneId(first.batch))).sequence).to.equal(1)

    const request = requestOf(some, 'once')
    const claim = { ...request, size: 4, roots: { ...request.roots, sm3: '0'.repeat(64) } }
    const error = await codeOf(finance.evidence.batch.anchor(claim))
    expect(error).to.include({ code: 'BATCH_CONFLICT', stage: 'endorse' })
    expect(JSON.stringify(error.details)).to.include('"fields":["roots","size"]')
  })

  it('keeps one row where a lane is used by several at once', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 6 }, () =>
        finance.evidence.batch.anchor(requestOf(documentsOf(1), 'crowded'), { attempts: 30 }),
      ),
    )
    const sequences = outcomes.map(({ batch }) => batch.sequence).sort()
    expect(sequences).to.deep.equal([1, 2, 3, 4, 5, 6])
  })

  it('says which record or lane is not there', async () => {
    const none = '0'.repeat(64)
    expect(await codeOf(finance.evidence.batch.get(none))).to.include({ code: 'BATCH_NOT_FOUND', stage: 'evaluate' })
    expect((await codeOf(finance.evidence.batch.receipt(none))).code).to.equal('BATCH_NOT_FOUND')
    expect((await codeOf(finance.evidence.batch.lane(none))).code).to.equal('LANE_NOT_FOUND')
  })

  it('takes at most two bytes of a transaction for each of 4,096 documents', async () => {
    const request = { ...requestOf(documentsOf(1), 'wide'), size: 4096 }
    const { block } = await finance.evidence.batch.anchor(request)
    const call = { chaincode: 'qscc', function: 'GetBlockByNumber', arguments: ['fiscal', String(block)] }
    const { data } = parseBlock(await finance.evaluate(call))
    const bytes = Math.max(...data.map(({ length }) => length))
    expect(bytes).to.be.within(1_000, 2 * 4096)
  })
})
