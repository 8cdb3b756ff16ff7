import { mkdtemp, rm } from 'node:fs/promises'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Case } from './case.js'
import { clone } from './cases/clone.js'
import { evaluate } from './cases/evaluate.js'
import { evidence } from './cases/evidence.js'
import { fabric } from './cases/fabric.js'
import { memory } from './cases/memory.js'
import { payments } from './cases/payments.js'
import { rate } from './cases/rate.js'
import { start } from './cases/start.js'
import { stream } from './cases/stream.js'
import { submit } from './cases/submit.js'
import { suite } from './cases/suite.js'
import { describeMachine, machine } from './machine.js'
import { reached, type Measurement, type Skipped } from './measurement.js'
import { table } from './table.js'

const cases: readonly Case[] = [start, submit, rate, evaluate, memory, suite, evidence, payments, fabric, clone]

/** Takes minutes: only where it is named. */
const named: readonly Case[] = [stream]

const usage = `npm run bench [-- NAME … [--json]]

${[...cases, ...named].map(({ name, about }) => `  ${name.padEnd(10)} ${about}`).join('\n')}
`

/**
 * The command behind `npm run bench`: measures one case after the other, so that none disturbs another.
 *
 * @param args names of cases, all by default; `--json` prints JSON instead of the table
 * @returns the exit code: 0 where everything could be measured, whether or not the goals were reached
 */
export async function main(args: readonly string[]): Promise<number> {
  const options = parse(args)
  if (options === undefined) {
    process.stderr.write(usage)
    return 2
  }
  const say = (line: string): void => void process.stderr.write(`  ${line}\n`)
  // On the clone's own disk, not in /tmp, which may be memory: the ledger's writes are to be real ones.
  const folder = await mkdtemp(fileURLToPath(new URL('../run-', import.meta.url)))
  const measured: (Measurement | Skipped)[] = []
  let failed = 0
  try {
    say(describeMachine(machine()))
    for (const { name, about, measure } of options.cases) {
      say(`${name}: ${about} …`)
      try {
        measured.push(...(await measure({ folder, say })))
      } catch (error) {
        failed++
        say(`${name} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
      }
    }
  } finally {
    await rm(folder, { recursive: true })
  }
  process.stdout.write(options.json ? json(measured) : `\n${describeMachine(machine())}\n\n${table(measured)}\n`)
  return failed === 0 ? 0 : 1
}

function parse(args: readonly string[]): { json: boolean; cases: readonly Case[] } | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false } },
    })
    const unknown = positionals.some((name) => ![...cases, ...named].some((one) => one.name === name))
    if (unknown) return undefined
    const wanted =
      positionals.length === 0 ? cases : [...cases, ...named].filter(({ name }) => positionals.includes(name))
    return { json: values.json, cases: wanted }
  } catch {
    return undefined
  }
}

function json(measured: readonly (Measurement | Skipped)[]): string {
  const measurements = measured.map((one) => ('skipped' in one ? one : { ...one, reached: reached(one) }))
  return `${JSON.stringify({ at: new Date().toISOString(), machine: machine(), measurements }, undefined, 2)}\n`
}
