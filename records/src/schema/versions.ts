import { parseCanonical } from '../canonical/index.js'
import { RecordError } from './read.js'

/**
 * Reads a record of one kind in whichever version it was written: the table grows and nothing is ever taken out of it.
 *
 * @throws {RecordError} for another kind or an unknown version; {@link CanonicalError} for bytes or text that are not canonical.
 */
export function readVersions<T>(
  kind: string,
  versions: Readonly<Record<number, (value: unknown) => T>>,
  input: unknown,
): T {
  const value: unknown = typeof input === 'string' || input instanceof Uint8Array ? parseCanonical(input) : input
  const { kind: actualKind, version } = (value ?? {}) as { kind?: unknown; version?: unknown }
  if (actualKind !== kind)
    throw new RecordError(`a record of kind ${kind}`, [{ at: '/kind', problem: `must be ${kind}` }])
  const reader = typeof version === 'number' && Object.hasOwn(versions, version) ? versions[version] : undefined
  if (reader === undefined) {
    const known = Object.keys(versions).join(', ')
    throw new RecordError(`a record of kind ${kind}`, [
      { at: '/version', problem: `must be one of ${known}: use a newer release` },
    ])
  }
  return reader(value)
}
