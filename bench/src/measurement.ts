export type Unit = 'ms' | 's' | 'tx/s' | 'calls/s' | 'verifications/s' | 'MiB'

/** One line of the table. */
export interface Measurement {
  /** What was measured, such as `submit, one at a time, p50`. */
  readonly what: string
  readonly value: number
  readonly unit: Unit
  /** What the project wants to reach, in the same unit. */
  readonly goal?: Goal
  /** A limit or a peer measured in the same run on the same machine: ratios travel, figures of one machine don't. */
  readonly beside?: Beside
}

export type Goal = { readonly atMost: number } | { readonly atLeast: number }

export interface Beside {
  /** Such as `one synced write of 4 kB, p50`. */
  readonly what: string
  readonly value: number
  readonly unit: Unit
  /** `value` of the measurement divided by this one's. */
  readonly ratio: number
}

/** Puts a measurement beside its peer. */
export function beside(value: number, peer: Measurement): Beside {
  return { what: peer.what, value: peer.value, unit: peer.unit, ratio: value / peer.value }
}

/** Whether the goal was reached; undefined where none is set. */
export function reached({ value, goal }: Measurement): boolean | undefined {
  if (goal === undefined) return undefined
  return 'atMost' in goal ? value <= goal.atMost : value >= goal.atLeast
}
