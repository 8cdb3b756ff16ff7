import { pathToFileURL } from 'node:url'
import path from 'node:path'
import process from 'node:process'
import { root } from './paths.mjs'

export { runConformance, runFaults, runTests } from './tests.mjs'

/** The whole system on this machine: `start/src/main.ts`, in this same process. */
export const runStart = (args) => runBuilt('start', args)

/** The measurements: `bench/src/main.ts`, in this same process. */
export const runBench = (args) => runBuilt('bench', args)

async function runBuilt(room, args) {
  const { main } = await import(pathToFileURL(path.join(root, room, 'dist/src/main.js')).href)
  process.exitCode = await main(args)
}
