// Runs random programs on real Fabric and keeps what came of them, for those who have no binaries:
//
//   FABRIC_BIN=… CONFORMANCE_SEED=1 node conformance/dist/test/programs/record.js
import { writeFile } from 'node:fs/promises'
import { brotliCompressSync } from 'node:zlib'
import fc from 'fast-check'
import { deployments } from '../../src/deployments.js'
import { startFabric } from '../../src/index.js'
import { ProgramSession, runProgram } from '../../src/programs/index.js'
import { programs } from './arbitrary.js'
import { asRecorded, recordings, type Recording } from './recorded.js'
import { settings } from './settings.js'

const network = await startFabric(deployments)
try {
  const session = await ProgramSession.open(network)
  const recorded: Recording[] = []
  for (const [at, program] of fc
    .sample(programs(), { seed: settings.seed, numRuns: settings.programs(12) })
    .entries()) {
    const outcome = await runProgram(session, program, { prefix: `recorded-${String(at)}.` })
    recorded.push({ program, outcome: asRecorded(outcome) })
    process.stdout.write(`program ${String(at)}: ${String(outcome.order.length)} transactions\n`)
  }
  session.close()
  const bytes = brotliCompressSync(JSON.stringify(recorded))
  await writeFile(recordings, bytes)
  process.stdout.write(`${String(recorded.length)} programs, ${String(bytes.length)} bytes\n`)
} finally {
  await network.stop()
}
