import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  blockHash,
  ChaincodeActionPayload,
  decode,
  encode,
  encodeBlock,
  Envelope,
  parseBlock,
  Payload,
  Transaction,
  txFilter,
  TxValidationCode,
  type Block,
} from '@caizheng/fabric-wire'
import { updateChannel, withoutOrganization } from '@caizheng/test-network'
import { expect } from 'chai'
import { audit, AuditError, fileSource, peerSource, type AuditReport, type DoubtCode } from '../src/index.js'
import { memorySource, resigned, startAnchoring, type Anchoring } from './support.js'

const wrong = ({ doubts }: AuditReport): DoubtCode[] =>
  doubts.filter(({ grade }) => grade === 'WRONG').map(({ code }) => code)

describe('an audit of a chain', () => {
  let anchoring: Anchoring
  let blocks: Uint8Array[]
  let folder: string

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'caizheng-audit-'))
    anchoring = await startAnchoring()
    const { network, anchor } = anchoring
    const later = <T>(work: () => Promise<T>): Promise<T> => withClock(3 * 3_600_000, work)
    await later(() => anchor('A-1'))
    // Two at once: one of them reads what the other has changed.
    await later(() => Promise.allSettled([anchor('A-2'), anchor('A-2'), anchor('A-2')]))
    const admins = ['FinanceMSP', 'AuditMSP', 'ConstructionMSP'].map(
      (mspId) => network.consortium.organizations.get(mspId)!.admin,
    )
    await updateChannel(network.endpoints, withoutOrganization('TaxMSP'), admins)
    await later(() => anchor('A-3'))
    await anchor('A-4')
    await later(() => anchor('A-5'))
    blocks = await anchoring.blocks()
    const verdicts = blocks.flatMap((bytes) => [...txFilter(parseBlock(bytes))])
    expect(verdicts, 'one of those at once').to.include(TxValidationCode.MVCC_READ_CONFLICT)
  })
  after(async () => {
    await anchoring?.stop()
    await rm(folder, { recursive: true })
  })

  const of = (given: readonly Uint8Array[]) => audit({ trust: anchoring.trust, source: memorySource(given) })
  const last = () => blocks.length - 1
  /** The chain with one block changed. */
  const withBlock = (number: number, bytes: Uint8Array) => blocks.map((block, i) => (i === number ? bytes : block))

  it('from a peer: the one thing wrong is the time that all clocks were set back for', async () => {
    const report = await audit({ trust: anchoring.trust, source: peerSource(anchoring.client) })
    expect(wrong(report)).to.deep.equal(['TIME_BACK'])
    const [found] = report.doubts.filter(({ code }) => code === 'TIME_BACK')
    expect(found?.block).to.equal(last() - 1)
    expect(report.doubts.map(({ code }) => code)).to.include('CONFIGURATION_CHANGED')
    expect(report).to.deep.include({ height: blocks.length, outcome: 'DOUBTFUL' })
    expect(report.counts.replayed).to.equal(6)
    expect(report.delays.documents.map(({ number }) => number)).to.deep.equal(['A-1', 'A-2', 'A-3', 'A-4', 'A-5'])
  })

  it('without the peer’s verdicts: its own are the same', async () => {
    const bare = blocks.map((bytes, number) => {
      const block = parseBlock(bytes)
      return number === 0 ? bytes : encodeBlock({ ...block, metadata: block.metadata.slice(0, 1) })
    })
    const report = await of(bare)
    expect(wrong(report)).to.deep.equal(['TIME_BACK'])
    expect(report.counts).to.deep.equal((await of(blocks)).counts)
  })

  interface Planted {
    readonly what: string
    readonly code: DoubtCode
    readonly change: (block: Block) => Block
    /** The orderers sign the changed block. */
    readonly signed?: true
  }
  const planted: readonly Planted[] = [
    {
      what: 'a creator’s wrong signature',
      code: 'CREATOR_SIGNATURE',
      signed: true,
      change: withEnvelope((envelope) => ({ ...envelope, signature: turned(envelope.signature) })),
    },
    {
      what: 'wrong signatures of endorsements',
      code: 'ENDORSEMENTS',
      signed: true,
      change: (block) => withWrongEndorsements(block, anchoring),
    },
    {
      what: 'an altered block',
      code: 'DATA_HASH',
      change: withEnvelope((envelope) => ({ ...envelope, signature: turned(envelope.signature) })),
    },
    {
      what: 'a block that too few orderers signed',
      code: 'BLOCK_SIGNATURES',
      change: (block) => ({ ...block, metadata: [new Uint8Array(), ...block.metadata.slice(1)] }),
    },
    {
      what: 'a block that follows another',
      code: 'PREVIOUS_HASH',
      signed: true,
      change: (block) => ({ ...block, header: { ...block.header, previousHash: new Uint8Array(32) } }),
    },
    {
      what: 'a peer’s false verdict',
      code: 'VALIDITY',
      change: (block) => {
        const metadata = [...block.metadata]
        metadata[2] = Uint8Array.of(11)
        return { ...block, metadata }
      },
    },
  ]
  for (const { what, code, change, signed } of planted) {
    it(`names ${what}`, async () => {
      const bytes = blocks[last()] as Uint8Array
      const changed = signed ? resigned(anchoring.network, bytes, change) : encodeBlock(change(parseBlock(bytes)))
      const report = await of(withBlock(last(), changed))
      const there = report.doubts.filter(({ block, grade }) => block === last() && grade === 'WRONG')
      expect(there.map((one) => one.code)).to.include(code)
    })
  }

  it('names a transaction that was ordered twice', async () => {
    const before = parseBlock(blocks[last()] as Uint8Array)
    const again = resigned(anchoring.network, blocks[last()] as Uint8Array, (block) => ({
      ...block,
      header: { ...block.header, number: last() + 1, previousHash: blockHash(before.header) },
    }))
    expect(wrong(await of([...blocks, again]))).to.deep.equal(['TIME_BACK', 'DUPLICATE_TRANSACTION'])
  })

  it('refuses the chain of another network', async () => {
    const other = await startAnchoring()
    try {
      const given = audit({ trust: other.trust, source: memorySource(blocks) })
      const error = await given.then(
        () => undefined,
        (thrown: unknown) => thrown,
      )
      expect(error).to.be.instanceOf(AuditError).with.property('code', 'NETWORK_MISMATCH')
    } finally {
      await other.stop()
    }
  })

  describe('in files', () => {
    let files: string
    const file = (number: number) => join(files, `fiscal_${number}.block`)

    beforeEach(async () => {
      files = await mkdtemp(join(folder, 'blocks-'))
      for (const [number, bytes] of blocks.entries()) await writeFile(file(number), bytes)
    })

    it('is the same chain', async () => {
      const { counts } = await audit({ trust: anchoring.trust, source: fileSource(files) })
      expect(counts).to.deep.equal((await of(blocks)).counts)
    })

    it('an altered file is named with its block', async () => {
      const bytes = await readFile(file(2))
      bytes[bytes.length >> 1]! ^= 1
      await writeFile(file(2), bytes)
      const { doubts } = await audit({ trust: anchoring.trust, source: fileSource(files) })
      const [first] = doubts.filter(({ grade }) => grade === 'WRONG')
      expect(first?.block).to.equal(2)
      expect(first?.code).to.be.oneOf(['DATA_HASH', 'BLOCK_UNREADABLE'])
    })

    it('a missing file ends the audit there', async () => {
      await rm(file(3))
      const report = await audit({ trust: anchoring.trust, source: fileSource(files) })
      expect(wrong(report)).to.deep.equal(['BLOCK_MISSING'])
      expect(report.height).to.equal(3)
    })

    it('stopped after each block and gone on with, it comes to the same', async () => {
      const whole = await of(blocks)
      const kept = join(files, 'kept')
      let report: AuditReport | undefined
      let runs = 0
      while (report?.height !== blocks.length || report.outcome === 'INCOMPLETE') {
        const stop = new AbortController()
        const onProgress = () => stop.abort()
        report = await audit({
          ...{ trust: anchoring.trust, source: fileSource(files), folder: kept, signal: stop.signal, onProgress },
        })
        runs++
      }
      expect(runs).to.be.at.least(blocks.length - 1)
      const again = await audit({ trust: anchoring.trust, source: fileSource(files), folder: kept })
      expect(again.doubts).to.deep.equal(whole.doubts)
      expect(again.counts).to.deep.equal(whole.counts)
      expect(again.delays).to.deep.equal(whole.delays)
    })

    it('what was kept and then damaged is refused', async () => {
      const kept = join(files, 'kept')
      await audit({ trust: anchoring.trust, source: fileSource(files), folder: kept })
      const path = join(kept, 'audit.checkpoint')
      const bytes = await readFile(path)
      bytes[100]! ^= 1
      await writeFile(path, bytes)
      const error = await audit({ trust: anchoring.trust, source: fileSource(files), folder: kept }).catch(
        (thrown: unknown) => thrown,
      )
      expect(error).to.be.instanceOf(AuditError).with.property('code', 'CHECKPOINT_DAMAGED')
    })
  })
})

/** Turns a bit of a signature that leaves its form as it is. */
function turned(signature: Uint8Array): Uint8Array {
  const other = signature.slice()
  other[other.length - 1]! ^= 1
  return other
}

function withEnvelope(change: (envelope: Envelope) => Envelope): (block: Block) => Block {
  return (block) => {
    const [first, ...rest] = block.data
    return { ...block, data: [encode(Envelope, change(decode(Envelope, first as Uint8Array))), ...rest] }
  }
}

/** Endorsements whose signatures are wrong, in a transaction that its creator signed again. */
function withWrongEndorsements(block: Block, { network }: Anchoring): Block {
  const change = withEnvelope((envelope) => {
    const { header, data } = decode(Payload, envelope.payload)
    const actions = decode(Transaction, data).actions.map(({ header, payload }) => {
      const { chaincodeProposalPayload, action } = decode(ChaincodeActionPayload, payload)
      const endorsements = action?.endorsements.map((one) => ({ ...one, signature: turned(one.signature) }))
      const endorsed = action && { ...action, ...(endorsements && { endorsements }) }
      return { header, payload: encode(ChaincodeActionPayload, { chaincodeProposalPayload, action: endorsed }) }
    })
    const payload = encode(Payload, { header, data: encode(Transaction, { actions }) })
    const creator = network.consortium.organizations.get('FinanceMSP')?.user
    return { payload, signature: creator?.sign(payload) ?? new Uint8Array() }
  })
  return change(block)
}

/** Runs something while every clock of this process, the nodes' and the client's, is off. */
async function withClock<T>(by: number, work: () => Promise<T>): Promise<T> {
  const RealDate = Date
  class ShiftedDate extends RealDate {
    constructor(...given: [] | [string | number | Date]) {
      if (given.length === 0) super(RealDate.now() + by)
      else super(...(given as [number]))
    }
    static override now(): number {
      return RealDate.now() + by
    }
  }
  globalThis.Date = ShiftedDate as DateConstructor
  try {
    return await work()
  } finally {
    globalThis.Date = RealDate
  }
}
