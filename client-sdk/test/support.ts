import { fileURLToPath } from 'node:url'
import { CaizhengError } from '../src/errors/caizheng-error.js'

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
