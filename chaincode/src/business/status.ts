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

/**
 * Lets a transaction touch only records of the project that it names.
 *
 * @throws {Refusal} `RECORD_NOT_FOUND`
 */
export function requireProject(
  record: { readonly kind: string; readonly projectCode: string },
  projectCode: string,
): void {
  if (record.projectCode === projectCode) return
  throw new Refusal('RECORD_NOT_FOUND', { kind: record.kind, id: [projectCode] })
}
