import { readFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { build } from './build.mjs'
import { install } from './install.mjs'
import { root } from './paths.mjs'
import { Refusal } from './refusal.mjs'
import { runBench, runConformance, runFaults, runStart, runTests } from './commands.mjs'

const commands = {
  build: () => undefined,
  start: runStart,
  test: runTests,
  conformance: runConformance,
  faults: runFaults,
  bench: runBench,
}

/**
 * Makes a clone ready (installs and builds only what is missing or old) and runs one command.
 *
 * @param {string[]} argv `start`, `test`, `conformance`, `faults`, `bench` or `build`, then the command's own arguments
 */
export async function main([command, ...args]) {
  if (command === 'start' && (args.includes('--help') || args.includes('-h'))) {
    // Asking for help should cost nothing.
    process.stdout.write(readFileSync(path.join(root, 'start/usage.txt'), 'utf8'))
    return
  }
  try {
    await install()
    await build()
    await commands[command](args)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
  }
}
