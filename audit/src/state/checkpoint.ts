import { createHash } from 'node:crypto'
import { open, readFile, rename } from 'node:fs/promises'
import { deserialize, serialize } from 'node:v8'
import { AuditError } from '../errors.js'
import type { Tip } from '../chain/chain.js'
import { ReplayedState, type Held, type Table } from './state.js'

/** Grows with what is kept: an older file is refused, not guessed at. */
const VERSION = 1

/** What an audit keeps to go on later. */
export interface Kept {
  /** What it was an audit of: the trust file's fingerprint and the builds at hand. */
  readonly subject: string
  readonly tip: Tip
  readonly state: ReplayedState
  readonly txIds: ReadonlySet<string>
  /** What the parts of the audit have gathered, by their names. */
  readonly parts: Readonly<Record<string, unknown>>
}

interface File {
  readonly version: number
  readonly subject: string
  readonly tip: Tip
  readonly rows: (readonly [Table, string, Held])[]
  readonly txIds: ReadonlySet<string>
  readonly parts: Readonly<Record<string, unknown>>
}

/** Writes all of it beside the file and puts it in its place in one step: a crash leaves the one or the other. */
export async function writeCheckpoint(path: string, { subject, tip, state, txIds, parts }: Kept): Promise<void> {
  const file: File = { version: VERSION, subject, tip, rows: [...state.rows()], txIds, parts }
  const bytes = serialize(file)
  const handle = await open(`${path}.new`, 'w', 0o600)
  try {
    await handle.write(createHash('sha256').update(bytes).digest())
    await handle.write(bytes)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(`${path}.new`, path)
}

/**
 * What an earlier run left; undefined where there is nothing.
 *
 * @throws {AuditError} `CHECKPOINT_DAMAGED`, `CHECKPOINT_MISMATCH`
 */
export async function readCheckpoint(path: string, subject: string): Promise<Kept | undefined> {
  let bytes: Buffer
  try {
    bytes = await readFile(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  const [digest, content] = [bytes.subarray(0, 32), bytes.subarray(32)]
  if (!createHash('sha256').update(content).digest().equals(digest)) {
    throw new AuditError('CHECKPOINT_DAMAGED', `${path} is not as it was written: delete it and begin again`)
  }
  const file = deserialize(content) as File
  if (file.version !== VERSION || file.subject !== subject) {
    throw new AuditError('CHECKPOINT_MISMATCH', `${path} is of another audit: name another folder, or delete it`)
  }
  const state = new ReplayedState()
  for (const [table, key, held] of file.rows) state.set(table, key, held)
  return { subject, tip: file.tip, state, txIds: file.txIds, parts: file.parts }
}
