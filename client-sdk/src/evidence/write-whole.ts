import { rename, rm, writeFile } from 'node:fs/promises'
import { PrepareError } from '../errors/caizheng-error.js'
import { reasonOf } from '../errors/reason.js'

/**
 * Writes a file whole or not at all: an evidence file cut short by a full disk would look like a forgery.
 *
 * @throws {PrepareError} `OUTPUT_UNWRITABLE`
 */
export async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const draft = `${path}.${process.pid}.draft`
  try {
    await writeFile(draft, bytes, { flush: true })
    await rename(draft, path)
  } catch (cause) {
    await rm(draft, { force: true }).catch(() => undefined)
    throw new PrepareError('OUTPUT_UNWRITABLE', 'prepare', `Can't write ${path}: ${reasonOf(cause)}`, { cause })
  }
}
