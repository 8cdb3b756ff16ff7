import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { writeWhole } from './write-whole.js'

/** A certificate and its key, both PEM. */
export interface Keys {
  readonly certificate: string
  readonly privateKey: string
}

/**
 * Keeps people's keys in a folder: who is registered on the chain with a key must have the same one at the next start.
 *
 * @param issue gives a person a certificate, the first time
 */
export async function keptKeys(folder: string, personId: string, issue: () => Keys): Promise<Keys> {
  const file = path.join(folder, `${encodeURIComponent(personId)}.json`)
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Keys
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  const { certificate, privateKey } = issue()
  await writeWhole(file, JSON.stringify({ certificate, privateKey }))
  return { certificate, privateKey }
}
