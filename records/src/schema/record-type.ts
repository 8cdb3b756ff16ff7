import type * as z from 'zod/mini'
import { read } from './read.js'
import { readVersions } from './versions.js'

/** One kind of record: where it lies in the state, and how its bytes are read. */
export interface RecordType<T> {
  readonly kind: string
  /** The state key of one record: `<kind>:<id>`, ids of several parts joined by `:`. */
  key(...id: readonly string[]): string
  /**
   * Reads a stored record of any version.
   *
   * @throws {RecordError} or {@link CanonicalError}
   */
  parse(input: unknown): T
}

/**
 * Declares a kind of record by the schema of each of its versions; the table grows and never shrinks.
 *
 * @param what names it in messages, with its article.
 * @example
 * ```ts
 * export const organisations = recordType('organisation', 'an organisation', OrganisationV1)
 * ```
 */
export function recordType<S extends z.ZodMiniType>(kind: string, what: string, first: S): RecordType<z.output<S>> {
  return {
    kind,
    key: (...id) => [kind, ...id].join(':'),
    parse: (input) => readVersions(kind, { 1: (value) => read(first, value, what) }, input),
  }
}
