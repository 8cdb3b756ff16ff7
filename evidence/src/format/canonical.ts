import { CanonicalError, parseCanonical } from '@caizheng/records'
import type * as z from 'zod/mini'
import { EvidenceError, why } from '../fault.js'

/**
 * Reads bytes that must be canonical JSON: exactly one text for one value, so no byte of it is free.
 *
 * @param limit most bytes to look at
 * @throws EvidenceError TOO_LARGE, NOT_JSON or NOT_CANONICAL
 */
export function decodeCanonical(bytes: Uint8Array, limit: number): unknown {
  if (bytes.length > limit) throw new EvidenceError('TOO_LARGE', { limit })
  try {
    return parseCanonical(bytes)
  } catch (error) {
    if (error instanceof CanonicalError && error.code !== 'NOT_JSON') {
      throw new EvidenceError('NOT_CANONICAL', {}, { cause: error })
    }
    throw new EvidenceError('NOT_JSON', { why: why(error) }, { cause: error })
  }
}

/**
 * Checks a value against its schema.
 *
 * @throws EvidenceError SCHEMA with the first place that does not follow it
 */
export function conform<T>(schema: z.ZodMiniType<T>, value: unknown): T {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new EvidenceError('SCHEMA', { path: `/${issue?.path.join('/') ?? ''}`, why: issue?.message ?? 'unknown' })
}

/**
 * Checks the `kind` and `version` of a file before its schema: an unknown version is refused as such, never guessed at.
 *
 * @throws EvidenceError WRONG_KIND or UNKNOWN_VERSION
 */
export function expectKind(value: unknown, expected: string, version: number): void {
  const file = (typeof value === 'object' && value !== null ? value : {}) as { kind?: unknown; version?: unknown }
  if (file.kind !== expected) {
    throw new EvidenceError('WRONG_KIND', {
      kind: typeof file.kind === 'string' ? file.kind : typeof file.kind,
      expected,
    })
  }
  if (file.version !== version) {
    throw new EvidenceError('UNKNOWN_VERSION', { version: JSON.stringify(file.version) ?? 'none' })
  }
}
