import { randomBytes } from 'node:crypto'
import process from 'node:process'
import type { AnchoredBatch, DocumentDigests, DocumentToAnchor } from '@caizheng/client-sdk'
import { LEAF_FORMAT, openTrust, openVerification, verify, type Trust, type VerifyOptions } from '@caizheng/evidence'
import type { Case, Run } from '../case.js'
import { anchorNew } from '../document.js'
import { documents } from '../evidence/documents.js'
import { plainScript } from '../evidence/plain-script.js'
import { beside, type Measurement, type Skipped } from '../measurement.js'
import { runNetwork, type Kind, type RunningNetwork } from '../network/running-network.js'
import { percentile, rateOf, timeEach } from '../timing.js'

const size = 4096
const inFlight = 8
const batches = 32
const singles = 1500
const rounds = 30
const window = 50

export const evidence: Case = {
  name: 'evidence',
  about: 'documents a second in batches, each with a verified receipt; latency; bytes on the chain; verifying',
  async measure(run) {
    const embedded = await figuresOf('embedded', run)
    if (!process.env['FABRIC_BIN']) {
      const skipped: Skipped = {
        what: 'evidence on real Fabric',
        skipped: 'set FABRIC_BIN to a folder with the programs of Fabric',
      }
      return [...embedded, skipped]
    }
    return [...embedded, ...(await figuresOf('fabric', run))]
  },
}

/** The goals of rate beside single documents, and of latency, are real Fabric's: the embedded network's singles are too quick. */
async function figuresOf(kind: Kind, { folder, say }: Run): Promise<Measurement[]> {
  const network = await runNetwork(folder, undefined, kind)
  const name = kind === 'fabric' ? 'real Fabric' : 'embedded network'
  try {
    const trust = openTrust(network.trust)
    const all = [...documents(batches * size)]
    say(`${name}: batches of ${size}, ${inFlight} in flight`)
    // Both once before either counts, then in turns: what else runs on the machine hits both.
    await plainScript(network.client, all.slice(0, inFlight * size), size, inFlight)
    await withBatcher(network, trust, all.slice(0, inFlight * size))
    const plain: number[] = []
    const ours: number[] = []
    for (let round = 0; round < 3; round++) {
      plain.push(await plainScript(network.client, all, size, inFlight))
      ours.push((await withBatcher(network, trust, all)).rate)
    }
    const { last } = await withBatcher(network, trust, all.slice(0, size))
    const rate = percentile(ours, 0.5)

    say(`${name}: a transaction a document`)
    await rateOf(256, 300, () => anchorNew(network.client))
    const single = await rateOf(256, singles, () => anchorNew(network.client))

    say(`${name}: latency of a lone document`)
    const { batch } = network.client.evidence
    const id = await bareRoot(network)
    await aloneInWindow(network)
    const bare = percentile(await timeEach(rounds, () => bareRoot(network)), 0.5)
    const query = percentile(await timeEach(rounds, () => batch.get(id)), 0.5)
    const latency = percentile(await timeEach(rounds, () => aloneInWindow(network)), 0.5)

    const plainPeer = {
      what: 'the plainest script, no receipts',
      value: percentile(plain, 0.5),
      unit: 'documents/s',
    } as const
    const singlePeer = { what: 'one document a transaction', value: single, unit: 'documents/s' } as const
    const sumPeer = {
      what: `${window} ms window + one bare root + two queries`,
      value: window + bare + 2 * query,
      unit: 'ms',
    } as const
    return [
      {
        what: `${name}: documents in batches of ${size}, verified receipt of three`,
        value: rate,
        unit: 'documents/s',
        goal: { ratioAtLeast: 0.7 },
        beside: beside(rate, plainPeer),
      },
      {
        what: `${name}: the same`,
        value: rate,
        unit: 'documents/s',
        ...(kind === 'fabric' && { goal: { ratioAtLeast: 300 } }),
        beside: beside(rate, singlePeer),
      },
      {
        what: `${name}: from document to evidence in hand, p50`,
        value: latency,
        unit: 'ms',
        ...(kind === 'fabric' && { goal: { ratioAtMost: 1 } }),
        beside: beside(latency, sumPeer),
      },
      {
        what: `${name}: block bytes a document`,
        value: (await blockBytes(network, last.block)) / size,
        unit: 'bytes',
        goal: { atMost: 2 },
      },
      ...(kind === 'embedded' ? verifying(last, await alone(network), trust) : []),
    ]
  } finally {
    await network.stop()
  }
}

/** Every receipt verified against the trust file, and every document's path of both trees taken. */
async function withBatcher(
  { client }: RunningNetwork,
  trust: Trust,
  all: readonly DocumentToAnchor[],
): Promise<{ rate: number; last: AnchoredBatch }> {
  const started = performance.now()
  let last: AnchoredBatch | undefined
  let anchored = 0
  const windows = client.evidence.anchorWindows(all, { size, lanes: inFlight, lane: 'bench', window: 1_000 })
  for await (const { batch } of windows) {
    if (batch === undefined) throw new Error('a window without a batch')
    const verification = openVerification(batch.evidenceFile([0]), trust)
    const report = verification.verify((verification.documents[0] as { digests: Digests }).digests)
    if (report.outcome !== 'VALID' || report.weaker === true) throw new Error(report.statement.en)
    for (let index = 0; index < batch.size; index++) {
      batch.path('sha256', index)
      batch.path('sm3', index)
    }
    anchored += batch.size
    last = batch
  }
  if (anchored !== all.length || last === undefined) throw new Error(`${anchored} of ${all.length} were anchored`)
  return { rate: anchored / ((performance.now() - started) / 1000), last }
}

type Digests = Pick<DocumentDigests, 'sha256' | 'sm3'>

/** The transaction alone, of a root that came from nowhere. */
async function bareRoot({ client }: RunningNetwork): Promise<string> {
  const [sha256, sm3] = [randomBytes(32).toString('hex'), randomBytes(32).toString('hex')]
  const request = { leafFormat: LEAF_FORMAT, size: 1, roots: { sha256, sm3 }, lane: 'bare' } as const
  return (await client.evidence.batch.anchor(request)).batch.id
}

async function aloneInWindow({ client }: RunningNetwork): Promise<void> {
  for await (const outcome of client.evidence.anchorAll(waiting(documents(1)), { window, lane: 'latency', lanes: 1 })) {
    if (outcome.kind !== 'batched') throw new Error(outcome.kind)
    await outcome.evidenceFile()
    return
  }
}

/** A source that may have more: the batcher doesn't see its end, so that the window's time decides. */
async function* waiting(all: Iterable<DocumentToAnchor>): AsyncGenerator<DocumentToAnchor, void, void> {
  yield* all
  await new Promise(() => undefined)
}

async function blockBytes({ client }: RunningNetwork, block: number): Promise<number> {
  const call = { chaincode: 'qscc', function: 'GetBlockByNumber', arguments: [client.profile.channel, String(block)] }
  return (await client.evaluate(call)).length
}

interface Lone {
  readonly digests: Digests
  readonly file: Uint8Array
}

/** Documents in records of their own, each with a receipt of its own. */
async function alone({ client }: RunningNetwork): Promise<Lone[]> {
  const made: Lone[] = []
  for (let round = 0; round < 10; round++) {
    const some = Array.from({ length: 50 }, async () => {
      const { id, digests } = await anchorNew(client)
      return { digests, file: await client.evidence.evidenceFile(id, { committed: true }) }
    })
    made.push(...(await Promise.all(some)))
  }
  return made
}

function verifying(batch: AnchoredBatch, own: readonly Lone[], trust: Trust): Measurement[] {
  const digests = batch.leaves.map(({ text }) => (JSON.parse(text) as { digests: Digests }).digests)
  const lot = batch.evidenceFile()
  const together = (options: VerifyOptions) =>
    rateOfVerifying(5 * batch.size, () => {
      for (let round = 0; round < 5; round++) {
        const verification = openVerification(lot, trust, options)
        for (const each of digests) requireValid(verification.verify(each).outcome)
      }
    })
  const files = digests.slice(0, 2_000).map((each, index) => ({ digests: each, file: batch.evidenceFile([index]) }))
  const lone = (all: readonly Lone[]) =>
    rateOfVerifying(4 * all.length, () => {
      for (let round = 0; round < 4; round++) {
        for (const { digests: each, file } of all) requireValid(verify(each, file, trust).outcome)
      }
    })
  return [
    {
      what: 'verify: documents of one file, both trees',
      value: together({}),
      unit: 'documents/s',
      goal: { atLeast: 20_000 },
    },
    {
      what: 'verify: documents of one file, SHA-256 alone',
      value: together({ digests: 'sha256' }),
      unit: 'documents/s',
      goal: { atLeast: 40_000 },
    },
    {
      what: 'verify: lone evidence files, each with a receipt of its own',
      value: lone(own),
      unit: 'files/s',
      goal: { atLeast: 1_500 },
    },
    { what: 'verify: lone evidence files of one batch', value: lone(files), unit: 'files/s' },
  ]
}

function requireValid(outcome: string): void {
  if (outcome !== 'VALID') throw new Error(outcome)
}

/** The second time counts. */
function rateOfVerifying(count: number, work: () => void): number {
  work()
  const started = performance.now()
  work()
  return count / ((performance.now() - started) / 1000)
}
