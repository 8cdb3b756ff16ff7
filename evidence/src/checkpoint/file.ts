import { canonicalBytes } from '@caizheng/records'
import { EvidenceError } from '../fault.js'
import type { EvidenceFile } from '../file/schema.js'
import { conform, decodeCanonical, expectKind } from '../format/canonical.js'
import {
  CHECKPOINT_KIND,
  CHECKPOINT_VERSION,
  checkpointSchema,
  type CheckpointFile,
  type LogConsistency,
  type LogMember,
} from './schema.js'

/** Most bytes that are read as a checkpoint file. */
export const MAX_CHECKPOINT_BYTES = 64 * 1024 * 1024

/**
 * The bytes of a checkpoint file.
 *
 * @param contents a receipt of the checkpoint, and proofs from its log, each at most once
 * @throws EvidenceError SCHEMA if a part does not follow the schema, TOO_LARGE if the file could not be read again
 * @example
 * const bytes = encodeCheckpoint({ receipt, consistency: [log.consistency(earlier.size)] })
 */
export function encodeCheckpoint(contents: {
  readonly receipt: EvidenceFile['receipt']
  readonly consistency?: readonly LogConsistency[]
  readonly members?: readonly LogMember[]
}): Uint8Array {
  const consistency = [...(contents.consistency ?? [])].sort((a, b) => a.size - b.size)
  const members = [...(contents.members ?? [])].sort((a, b) => a.index - b.index)
  const file = { kind: CHECKPOINT_KIND, version: CHECKPOINT_VERSION, receipt: contents.receipt, consistency, members }
  const bytes = canonicalBytes(checked(file))
  if (bytes.length > MAX_CHECKPOINT_BYTES) throw new EvidenceError('TOO_LARGE', { limit: MAX_CHECKPOINT_BYTES })
  return bytes
}

/**
 * Reads a checkpoint file: canonical JSON of a known version that follows its schema. Nothing of it is verified here.
 *
 * @throws EvidenceError TOO_LARGE, NOT_JSON, NOT_CANONICAL, WRONG_KIND, UNKNOWN_VERSION or SCHEMA
 */
export function decodeCheckpoint(bytes: Uint8Array): CheckpointFile {
  const value = decodeCanonical(bytes, MAX_CHECKPOINT_BYTES)
  expectKind(value, CHECKPOINT_KIND, CHECKPOINT_VERSION)
  return checked(value)
}

function checked(value: unknown): CheckpointFile {
  const file = conform(checkpointSchema, value)
  ascending(
    file.consistency.map(({ size }) => size),
    '/consistency',
  )
  ascending(
    file.members.map(({ index }) => index),
    '/members',
  )
  return file
}

function ascending(numbers: readonly number[], path: string): void {
  if (numbers.some((number, i) => i > 0 && number <= (numbers[i - 1] ?? 0))) {
    throw new EvidenceError('SCHEMA', { path, why: 'must ascend' })
  }
}
