/** The policies of keys that programs set, by the names they have in programs; `none` takes a key's policy away. */
export const policies = {
  none: '',
  finance: "OR('FinanceMSP.peer')",
  construction: "OR('ConstructionMSP.peer')",
  'finance and audit': "AND('FinanceMSP.peer','AuditMSP.peer')",
  two: "OutOf(2,'FinanceMSP.peer','AuditMSP.peer','ConstructionMSP.peer')",
  all: "AND('FinanceMSP.peer','AuditMSP.peer','ConstructionMSP.peer')",
} as const
export type PolicyName = keyof typeof policies

/**
 * One thing that a transaction does, as the contract's `Run` reads it: a name and its arguments. Keys are without the
 * run's prefix. Values of `putPrivate` go by transient data, policies by name.
 */
export type Step =
  | readonly ['get' | 'delete' | 'getPolicy', key: string]
  | readonly ['put', key: string, value: string]
  | readonly ['fill', key: string, count: number]
  | readonly ['range', start: string, end: string]
  | readonly ['page', start: string, end: string, size: number]
  | readonly ['setPolicy', key: string, policy: PolicyName]
  | readonly ['event', name: string, payload: string]
  | readonly ['call', chaincode: string, steps: readonly Step[]]
  | readonly [
      'getPrivate' | 'getHash' | 'deletePrivate' | 'purge' | 'getPrivatePolicy',
      collection: string,
      key: string,
    ]
  | readonly ['putPrivate', collection: string, key: string, value: string]
  | readonly ['rangePrivate', collection: string, start: string, end: string]
  | readonly ['setPrivatePolicy', collection: string, key: string, policy: PolicyName]

export interface ProgramTransaction {
  /** Whose client signs it, by MSP id. */
  readonly creator: string
  readonly chaincode: string
  /** Whose peers are asked to endorse it, by MSP id. */
  readonly endorsers: readonly string[]
  readonly steps: readonly Step[]
  /** The signature of its first endorsement is spoilt before it is submitted. */
  readonly spoilt?: boolean
}

/** Transactions that are all endorsed on one state and then submitted in this order. */
export type Round = readonly ProgramTransaction[]

/** A random program: rounds, each on the state that the one before left. */
export type Program = readonly Round[]

/** Every step, those of called chaincodes too. */
export function allSteps(steps: readonly Step[]): Step[] {
  return steps.flatMap((step) => (step[0] === 'call' ? [step, ...allSteps(step[2])] : [step]))
}

const CUT_MATTERS = ['delete', 'setPolicy', 'deletePrivate', 'purge', 'setPrivatePolicy']

/**
 * Whether a transaction needs a block of its own, so that the verdicts of others don't depend on where a block ends:
 * within one block a new policy makes any further write of the key invalid, and a key that was deleted conflicts even
 * for a reader that never saw it.
 */
export function needsOwnBlock({ steps }: ProgramTransaction): boolean {
  return allSteps(steps).some(([name]) => CUT_MATTERS.includes(name))
}
