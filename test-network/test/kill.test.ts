import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { startTestNetwork, verifyLedger } from '../src/index.js'
import { chance, pick, roundsOr, seed } from './support/chance.js'

const load = fileURLToPath(new URL('support/load.js', import.meta.url))
const module_ = fileURLToPath(new URL('../../../conformance/contracts/probe.cjs', import.meta.url))
const rounds = roundsOr(10)
/** After so many kills a new ledger is begun, so that checking stays short. */
const ROUNDS_A_LEDGER = 10

interface Acknowledged {
  readonly txId: string
  /** `-` for public state. */
  readonly collection: string
  readonly key: string
  readonly value: string
}

describe('a network killed under load', function () {
  this.timeout(rounds * 30_000)

  it(`opens again with everything that was acknowledged, ${String(rounds)} times over (seed ${String(seed)})`, async () => {
    for (let first = 0; first < rounds; first += ROUNDS_A_LEDGER) {
      const directory = await mkdtemp(join(tmpdir(), 'caizheng-kill-'))
      const acknowledged: Acknowledged[] = []
      try {
        for (let round = first; round < Math.min(first + ROUNDS_A_LEDGER, rounds); round += 1) {
          acknowledged.push(...(await runUntilKilled(directory, round)))
          await expectAll(directory, acknowledged)
          const report = await verifyLedger(join(directory, 'ledger'))
          expect(report.validTransactions).to.be.at.least(acknowledged.length)
        }
      } finally {
        await rm(directory, { recursive: true, force: true })
      }
      expect(acknowledged.length).to.be.greaterThan(0)
    }
  })
})

/**
 * Runs the load and kills it, three times in four some time after its first commit, else during its start. Returns what
 * it acknowledged.
 */
async function runUntilKilled(directory: string, round: number): Promise<Acknowledged[]> {
  // The first start makes keys and genesis block, which is not what is tested here.
  const isInStart = round % ROUNDS_A_LEDGER !== 0 && pick(4, 'when', round) === 0
  const child = spawn(process.execPath, [load, directory, module_, String(round)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  const killAfter = (milliseconds: number): void => {
    setTimeout(() => child.kill('SIGKILL'), milliseconds)
  }
  if (isInStart) killAfter(300 + 700 * chance('start', round))
  const acknowledged: Acknowledged[] = []
  for await (const line of createInterface(child.stdout)) {
    const match = /^([0-9a-f]{64}) (\S+) (\S+) (\S+)$/.exec(line)
    if (!match) continue
    if (acknowledged.length === 0 && !isInStart) killAfter(800 * chance('load', round))
    const [, txId = '', collection = '', key = '', value = ''] = match
    acknowledged.push({ txId, collection, key, value })
  }
  expect(await exited, 'it was killed, and did not end by itself').to.deep.equal([null, 'SIGKILL'])
  return acknowledged
}

async function expectAll(directory: string, all: readonly Acknowledged[]): Promise<void> {
  const network = await startTestNetwork({ directory })
  const state = network.ledger.snapshot()
  try {
    for (const { txId, collection, key, value } of all) {
      expect(await network.ledger.transaction(txId), txId).to.include({ code: 0 })
      if (collection === '-') {
        expect(text((await state.get('probe', key))?.value), key).to.equal(value)
      } else {
        for (const mspId of ['FinanceMSP', 'AuditMSP']) {
          expect(text((await state.getPrivate(mspId, 'probe', collection, key))?.value), `${key} at ${mspId}`).to.equal(
            value,
          )
        }
      }
    }
  } finally {
    await state.close()
    await network.stop()
  }
}

const text = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString()
