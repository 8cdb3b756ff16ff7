import * as z from 'zod/mini'
import { hexDigest, ordinal, treeSize } from '../schema/fields.js'
import { read } from '../schema/read.js'
import { readVersions } from '../schema/versions.js'

const frontier = z.array(hexDigest).check(z.minLength(1), z.maxLength(31))

/** Where the log of all lanes stands, version 1: canonical JSON at the state key {@link LOG_KEY}. */
export const LogV1 = z.strictObject({
  kind: z.literal('log'),
  version: z.literal(1),
  network: hexDigest,
  /** Number of the last checkpoint. */
  number: ordinal,
  /** Batches in the log. */
  size: treeSize,
  /** Roots of the log's perfect subtrees, largest first: all that is needed to append. */
  frontier: z.strictObject({ sha256: frontier, sm3: frontier }),
  /** SHA-256 of the last checkpoint's canonical record: the next one's `previous`. */
  digest: hexDigest,
})

/** Any version of the log's head. */
export type Log = z.infer<typeof LogV1>

/** The state key of the one log. */
export const LOG_KEY = 'log'

/** Reads the stored head of any version. @throws {RecordError} or {@link CanonicalError} */
export function parseLog(input: unknown): Log {
  return readVersions('log', { 1: (value) => read(LogV1, value, 'a log') }, input)
}
