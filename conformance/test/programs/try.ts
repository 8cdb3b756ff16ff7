import fc from 'fast-check'
import { startEmbedded } from '../../src/index.js'
import { deployments } from '../../src/deployments.js'
import { ProgramSession, runProgram } from '../../src/programs/index.js'
import { programs } from './arbitrary.js'
const network = await startEmbedded(deployments)
const session = await ProgramSession.open(network)
const t = Date.now()
const codes: Record<string, number> = {}
const refusals: Record<string, number> = {}
for (const [n, program] of fc.sample(programs(), { seed: 7, numRuns: 40 }).entries()) {
  const out = await runProgram(session, program, { prefix: `t${String(n)}.` })
  for (const tx of out.transactions) {
    codes[String(tx.code)] = (codes[String(tx.code)] ?? 0) + 1
    for (const a of Object.values(tx.answers)) if ('message' in a) refusals[a.message] = (refusals[a.message] ?? 0) + 1
  }
  if (n === 3) process.stdout.write(JSON.stringify(out, null, 1).slice(0, 6000) + '\n')
}
process.stdout.write(JSON.stringify({ codes, refusals, ms: Date.now() - t }, null, 1))
session.close()
await network.stop()
