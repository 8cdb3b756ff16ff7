export type Unit = 'ms' | 's' | 'tx/s' | 'calls/s' | 'verifications/s' | 'documents/s' | 'files/s' | 'bytes' | 'MiB'

/** One line of the table. */
export interface Measurement {
  /** What was measured, such as `submit, one at a time, p50`. */
  readonly what: string
  readonly value: number
  readonly unit: Unit
  /** What the project wants to reach. */
  readonly goal?: Goal
  /** A limit or a peer measured in the same run on the same machine: ratios travel, figures of one machine don't. */
  readonly beside?: Beside
}

/** What could not be measured here, and why. */
export interface Skipped {
  readonly what: string
  readonly skipped: string
}

/** In the measurement's own unit, or as a multiple of what stands beside it. */
export type Goal =
  | { readonly atMost: number }
  | { readonly atLeast: number }
  | { readonly ratioAtMost: number }
  | { readonly ratioAtLeast: number }

export interface Beside {
  /** Such as `one synced write of 4 kB, p50`. */
  readonly what: string
  readonly value: number
  readonly unit: Unit
  /** `value` of the measurement divided by this one's. */
  readonly ratio: number
}

/** Puts a measurement beside its peer. */
export function beside(value: number, peer: Pick<Measurement, 'what' | 'value' | 'unit'>): Beside {
  return { what: peer.what, value: peer.value, unit: peer.unit, ratio: value / peer.value }
}

/** Whether the goal was reached; undefined where none is set, or nothing stands beside for a ratio. */
export function reached({ value, goal, beside }: Measurement): boolean | undefined {
  if (goal === undefined) return undefined
  if ('atMost' in goal) return value <= goal.atMost
  if ('atLeast' in goal) return value >= goal.atLeast
  if (beside === undefined) return undefined
  return 'ratioAtMost' in goal ? beside.ratio <= goal.ratioAtMost : beside.ratio >= goal.ratioAtLeast
}
