import { Refusal } from '../refusals/refusal.js'

/**
 * Lets a step go on from some statuses only.
 *
 * @throws {Refusal} `STATUS_CONFLICT`
 */
export function requireStatus<Status extends string>(
  record: { readonly kind: string; readonly status: Status },
  ...allowed: readonly Status[]
): void {
  if (allowed.includes(record.status)) return
  throw new Refusal('STATUS_CONFLICT', { kind: record.kind, status: record.status, allowed: [...allowed] })
}
