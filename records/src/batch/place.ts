import { canonicalBytes } from '../canonical/index.js'

/** What decides where a batch lives. */
export interface BatchPlace {
  readonly network: string
  readonly submitter: { readonly msp: string; readonly id: string }
  readonly roots: { readonly sha256: string }
}

/** What makes a lane: its name means something only beside who uses it. */
export interface LanePlace {
  readonly network: string
  readonly submitter: { readonly msp: string; readonly id: string }
  readonly lane: string
}

/**
 * The bytes whose SHA-256 (hex) is a batch's id: network, submitter and root. So each submitter has places of its own and
 * nobody can squat another's, and the same root in another lane is the same batch.
 */
export function batchIdPreimage({ network, submitter: { msp, id }, roots }: BatchPlace): Uint8Array {
  return canonicalBytes({ label: 'caizheng-batch-id-v1', network, root: roots.sha256, submitter: { msp, id } })
}

/** The bytes whose SHA-256 (hex) is a lane's id: nobody writes in another's lane, whatever it is called. */
export function laneIdPreimage({ network, submitter: { msp, id }, lane }: LanePlace): Uint8Array {
  return canonicalBytes({ label: 'caizheng-lane-id-v1', network, submitter: { msp, id }, lane })
}

/** The state key of a batch. */
export function batchKey(id: string): string {
  return `batch:${id}`
}

/** The state key of a lane's head. */
export function laneKey(id: string): string {
  return `lane:${id}`
}
