import { Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { run } from '../src/cli/run.js'
import { CaizhengError } from '../src/index.js'

/** The CaizhengError that a promise fails with; anything else fails the test. */
export async function codeOf(promise: Promise<unknown>): Promise<CaizhengError> {
  try {
    await promise
  } catch (error) {
    if (error instanceof CaizhengError) return error
    throw error
  }
  throw new Error('expected a CaizhengError, but it succeeded')
}

/** A file of this room's `test/` folder, from the compiled test. */
export function fixture(name: string): string {
  return fileURLToPath(new URL(`../../test/fixtures/${name}`, import.meta.url))
}

/** A path from the root of the repository. */
export function repository(path: string): string {
  return fileURLToPath(new URL(`../../../${path}`, import.meta.url))
}

/** Runs the command line in this process. */
export async function cli(args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const out = { stdout: '', stderr: '' }
  const collect = (name: 'stdout' | 'stderr') =>
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        out[name] += chunk.toString()
        done()
      },
    })
  const code = await run(args, { stdout: collect('stdout'), stderr: collect('stderr'), env: {} })
  return { code, ...out }
}

/** Everything an async iterable gives. */
export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}
