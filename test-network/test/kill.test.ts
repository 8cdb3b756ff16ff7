import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { startTestNetwork, verifyLedger } from '../src/index.js'

const ROUNDS = 4
const load = fileURLToPath(new URL('support/load.js', import.meta.url))
const module_ = fileURLToPath(new URL('../../../conformance/contracts/probe.cjs', import.meta.url))

describe('a network killed under load', function () {
  this.timeout(120_000)

  it(`opens again with everything that was acknowledged, ${String(ROUNDS)} times over`, async () => {
    const directory = await mkdtemp(join(tmpdir(), 'caizheng-kill-'))
    try {
      const acknowledged: string[] = []
      for (let round = 0; round < ROUNDS; round += 1) {
        const before = acknowledged.length
        acknowledged.push(...(await runUntilKilled(directory, 300 + Math.random() * 700)))
        expect(acknowledged.length).to.be.greaterThan(before)
        await expectAll(directory, acknowledged)
      }
      const report = await verifyLedger(join(directory, 'ledger'))
      expect(report.validTransactions).to.be.at.least(acknowledged.length)
    } finally {
      await rm(directory, { recursive: true, force: true })
    }
  })
})

/** Runs the load for some milliseconds after its first commit and kills it; returns the ids that it acknowledged. */
async function runUntilKilled(directory: string, milliseconds: number): Promise<string[]> {
  const child = spawn(process.execPath, [load, directory, module_], { stdio: ['ignore', 'pipe', 'inherit'] })
  const exited = once(child, 'exit')
  const acknowledged: string[] = []
  for await (const line of createInterface(child.stdout)) {
    if (!/^[0-9a-f]{64}$/.test(line)) continue
    if (acknowledged.length === 0) setTimeout(() => child.kill('SIGKILL'), milliseconds)
    acknowledged.push(line)
  }
  await exited
  return acknowledged
}

async function expectAll(directory: string, ids: string[]): Promise<void> {
  const network = await startTestNetwork({ directory })
  try {
    for (const id of ids) expect(await network.ledger.transaction(id), id).to.include({ code: 0 })
  } finally {
    await network.stop()
  }
}
