import * as z from 'zod/mini'
import { read } from './read.js'
import { timestamp } from './fields.js'

/** What every request may carry beside its own fields. */
export const envelope = {
  /**
   * When it happened, for a project whose backfill is open: what was done before the project came on the chain. Absent:
   * the transaction's own time.
   */
  at: z.exactOptional(timestamp),
}

/** How the argument of one transaction is read. */
export interface RequestType<T> {
  /** @throws {RecordError} with everything wrong in it. */
  parse(value: unknown): T
  readonly schema: z.ZodMiniType<T>
}

/**
 * Declares a request: its own fields and the {@link envelope}; nothing else is taken.
 *
 * @param what names it in messages, with its article.
 */
export function requestType<Shape extends z.core.$ZodLooseShape>(what: string, shape: Shape) {
  const schema = z.strictObject({ ...shape, ...envelope })
  return { schema, parse: (value: unknown) => read(schema, value, what) }
}

/** The type of a request. */
export type RequestOf<R extends { parse(value: unknown): unknown }> = ReturnType<R['parse']>
