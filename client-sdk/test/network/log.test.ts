import { randomBytes } from 'node:crypto'
import {
  consistencyProof,
  laneId,
  LEAF_FORMAT,
  MerkleTree,
  treeHashers,
  verifyCheckpoint,
  verifyConsistency,
} from '@caizheng/evidence'
import { fromHex, toHex } from '@caizheng/fabric-wire'
import { canonicalBytes, canonicalize, type CheckpointRecord, type LaneEntry } from '@caizheng/records'
import { expect } from 'chai'
import type { Client } from '../../src/index.js'
import { codeOf, collect } from '../support.js'
import { startCounty, type County } from './county.js'

describe('checkpoints on the embedded network', function () {
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

  const anchor = async (client: Client, lane: string) => {
    const roots = { sha256: randomBytes(32).toString('hex'), sm3: randomBytes(32).toString('hex') }
    return (await client.evidence.batch.anchor({ leafFormat: LEAF_FORMAT, size: 4096, roots, lane })).batch
  }
  const treeOf = (leaves: readonly LaneEntry[], algorithm: 'sha256' | 'sm3') =>
    new MerkleTree(
      treeHashers[algorithm],
      leaves.map(({ leaf }) => fromHex(leaf[algorithm])),
    )
  const made = async (client: Client): Promise<CheckpointRecord> => {
    const result = await client.evidence.log.checkpoint()
    if (result === undefined) throw new Error('nothing was joined')
    return result.checkpoint
  }

  it('join the lanes of all submitters into one log that only grows, and whose proofs are made from what is listed', async () => {
    const { log } = finance.evidence
    expect(await log.head()).to.equal(undefined)
    expect(await log.checkpoint()).to.equal(undefined)

    const batches = []
    for (const lane of ['one', 'two', 'one']) batches.push(await anchor(finance, lane))
    batches.push(await anchor(audit, 'one'))
    const first = await made(audit)
    expect(first).to.deep.include({ number: 1, size: 4 })
    expect(first.lanes).to.have.length(3)

    for (const lane of ['two', 'two', 'three']) batches.push(await anchor(finance, lane))
    const second = await made(finance)
    expect(second).to.deep.include({ number: 2, size: 7 })
    expect(second.previous).to.match(/^[0-9a-f]{64}$/)
    expect(await log.checkpoint()).to.equal(undefined)
    expect(await log.head()).to.deep.include({ number: 2, size: 7 })

    const leaves = await collect(log.leaves(2))
    expect(leaves.map(({ batch }) => batch).sort()).to.deep.equal(batches.map(({ id }) => id).sort())
    const byId = new Map(batches.map((batch) => [batch.id, batch]))
    for (const algorithm of ['sha256', 'sm3'] as const) {
      const hasher = treeHashers[algorithm]
      for (const { batch, leaf } of leaves) {
        expect(leaf[algorithm]).to.equal(toHex(hasher.leaf(canonicalBytes(byId.get(batch) ?? {}))))
      }
      const whole = treeOf(leaves, algorithm)
      expect(toHex(whole.root)).to.equal(second.roots[algorithm])
      expect(toHex(treeOf(leaves.slice(0, 4), algorithm).root)).to.equal(first.roots[algorithm])
      const roots = [fromHex(first.roots[algorithm]), fromHex(second.roots[algorithm])] as const
      expect(verifyConsistency(hasher, 4, 7, consistencyProof(whole, 4), ...roots)).to.equal(true)
    }
    const { missing } = await log.receipt(2, { committed: true })
    expect(missing).to.deep.equal([])
  })

  it('become files that prove, offline, that what was kept is still there and that a batch is in the log', async () => {
    const { log } = audit.evidence
    const { trust } = county
    const kept = await log.prove({ number: 1 })
    const batch = await anchor(finance, 'six')
    await made(audit)
    const file = await log.prove({ from: [1, 2], batches: [batch.id] })
    const report = verifyCheckpoint(file, trust, { kept, batch: batch.id })
    expect(report.outcome, report.statement.en).to.equal('VALID')
    expect(report.proven?.continues).to.include({ number: 1, size: 4 })
    expect(report.proven?.member?.record).to.deep.equal(batch)
    expect(verifyCheckpoint(kept, trust, { kept: file }).outcome).to.equal('CANNOT_TELL')

    expect((await codeOf(log.prove({ number: 1, from: [2] }))).code).to.equal('INPUT_INVALID')
    expect((await codeOf(log.prove({ number: 1, batches: [batch.id] }))).code).to.equal('INPUT_INVALID')
    expect((await codeOf(log.prove({ number: 99 }))).code).to.equal('CHECKPOINT_NOT_FOUND')
  })

  it('are written once, in their order, and join no batch twice or before it is there', async () => {
    const batch = await anchor(finance, 'four')
    const { number = 0 } = (await finance.evidence.log.head()) ?? {}
    const lanes = [{ id: laneId(batch), through: 1 }]
    const send = (request: object) =>
      finance.submit({
        chaincode: 'evidence',
        function: 'EvidenceContract:Checkpoint',
        arguments: [canonicalize(request)],
      })
    const record = await made(finance)
    const again = JSON.parse(new TextDecoder().decode((await send({ number: number + 1, lanes })).result)) as object
    expect(again).to.deep.equal({ created: false, checkpoint: record })

    const codes: [object, string][] = [
      [{ number: number + 1, lanes: [{ ...lanes[0], through: 2 }] }, 'CHECKPOINT_CONFLICT'],
      [{ number: number + 9, lanes: [{ ...lanes[0], through: 2 }] }, 'CHECKPOINT_CONFLICT'],
      [{ number: number + 2, lanes }, 'LANE_ALREADY_JOINED'],
      [{ number: number + 2, lanes: [{ ...lanes[0], through: 2 }] }, 'LANE_ENTRY_NOT_FOUND'],
      [{ number: number + 2, lanes: [{ ...lanes[0], through: 900 }] }, 'CHECKPOINT_TOO_LARGE'],
    ]
    for (const [request, code] of codes) expect((await codeOf(send(request))).code).to.equal(code)
    expect((await codeOf(finance.evidence.log.get(99))).code).to.equal('CHECKPOINT_NOT_FOUND')
  })
})
