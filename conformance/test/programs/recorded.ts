import { readFile } from 'node:fs/promises'
import { brotliDecompressSync } from 'node:zlib'
import { expect } from 'chai'
import { ProgramSession, runProgram, type Program, type ProgramOutcome } from '../../src/programs/index.js'
import { difference } from './difference.js'
import type { Bench } from '../../src/index.js'

/** A program and what came of it on real Fabric; the runs in one file had one network, one after the other. */
export interface Recording {
  readonly program: Program
  readonly outcome: ProgramOutcome
}

/** Recorded by `record.ts`; JSON, compressed. */
export const recordings = new URL('../../../test/programs/recorded-on-fabric.json.br', import.meta.url)

/** Programs that real Fabric ran once: whoever runs them now must come to the same, answer by answer and key by key. */
export function recordedCases(bench: Bench): void {
  describe('random programs as real Fabric ran them', function () {
    this.timeout(120_000)

    it('end in the same state, with the same verdicts and read-write sets', async () => {
      const recorded = JSON.parse(brotliDecompressSync(await readFile(recordings)).toString()) as Recording[]
      expect(recorded).to.not.be.empty
      const session = await ProgramSession.open(bench.network)
      try {
        for (const [at, { program, outcome }] of recorded.entries()) {
          const prefix = `recorded-${String(at)}.`
          const now = await runProgram(session, program, { prefix, order: outcome.order })
          const found = difference(outcome, asRecorded(now))
          if (found !== undefined) expect.fail(`program ${String(at)}: ${found}`)
        }
      } finally {
        session.close()
      }
    })
  })
}

/** As it would come out of the file: what is undefined is not there. */
export function asRecorded(outcome: ProgramOutcome): ProgramOutcome {
  return JSON.parse(JSON.stringify(outcome)) as ProgramOutcome
}
