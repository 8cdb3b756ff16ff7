import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseBlock, toHex, txFilter, type Block } from '@caizheng/fabric-wire'
import { onFreePorts, startReplayingPeer } from '@caizheng/network'
import { defaultConsortium, type TestNetwork } from '@caizheng/test-network'
import { expect } from 'chai'
import fc from 'fast-check'
import { deployments } from '../src/deployments.js'
import { startEmbedded } from '../src/index.js'
import { ProgramSession, runProgram } from '../src/programs/index.js'
import { programs } from './programs/arbitrary.js'
import { settings } from './programs/settings.js'

/**
 * The embedded network's chain before a judge: a real peer joins it after a long random run, with conflicts, transactions of too
 * few endorsers, spoilt ones and private data in it, and comes to verdicts and a state of its own.
 */
export function replayCases(): void {
  describe('a real peer that replays the embedded channel', function () {
    this.timeout(600_000)
    const count = settings.programs(20)

    it(`agrees on every verdict and every commit hash: ${String(count)} programs of CONFORMANCE_SEED=${String(settings.seed)}`, async () => {
      const root = await mkdtemp(join(tmpdir(), 'caizheng-replay-'))
      const place = { directory: root, consortium: await onFreePorts(defaultConsortium) }
      const network = await startEmbedded(deployments, { ...place, fixedPorts: true, tls: true })
      try {
        const session = await ProgramSession.open(network)
        for (const [at, program] of fc.sample(programs(), { seed: settings.seed, numRuns: count }).entries()) {
          await runProgram(session, program, { prefix: `replayed-${String(at)}.` })
        }
        session.close()
        const codes = await compare(root, network)
        // A run in which nothing is refused judges little.
        expect([...codes.keys()], JSON.stringify([...codes])).to.include.members([0, 10, 11])
      } finally {
        await network.stop()
        await rm(root, { recursive: true, force: true })
      }
    })
  })
}

/** Compares block by block. @returns how often each validation code was given */
async function compare(root: string, network: Replayed): Promise<Map<number, number>> {
  const { ledger, consortium } = network
  const { height } = ledger
  const judge = await startReplayingPeer(root, consortium, 'FinanceMSP')
  try {
    await judge.reaches(height, 300_000)
    const codes = new Map<number, number>()
    for (let number = 0; number < height; number++) {
      const ours = parseBlock((await ledger.block(number)) ?? new Uint8Array())
      expect(judged(await judge.block(number)), `block ${String(number)}`).to.deep.equal(judged(ours))
      for (const code of txFilter(ours)) codes.set(code, (codes.get(code) ?? 0) + 1)
    }
    return codes
  } finally {
    await judge.stop()
  }
}

type Replayed = Pick<TestNetwork, 'ledger' | 'consortium'>

const VERDICTS = 2
const COMMIT_HASH = 4

const judged = ({ metadata }: Block) => ({
  verdicts: toHex(metadata[VERDICTS] ?? new Uint8Array()),
  commitHash: toHex(metadata[COMMIT_HASH] ?? new Uint8Array()),
})
