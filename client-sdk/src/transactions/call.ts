/** A call of a chaincode function. */
export interface ContractCall {
  /** The chaincode's name on the channel, for example `evidence`. */
  readonly chaincode: string
  /** With the contract's name, for example `EvidenceContract:GetAnchor`. */
  readonly function: string
  readonly arguments?: readonly (string | Uint8Array)[]
  /** Seen by the endorsing nodes, never written to a block. */
  readonly transient?: Readonly<Record<string, string | Uint8Array>>
  /** MSP ids that must endorse; by default the gateway plans from the policies. */
  readonly endorsingOrganizations?: readonly string[]
}

/** How a call may be stopped and repeated. */
export interface CallOptions {
  /** Stops waiting. What the orderers took already can't be called back: see the error's `transactionId`. */
  readonly signal?: AbortSignal | undefined
  /** New proposals at most, the first included; 5 by default, 1 never repeats. */
  readonly attempts?: number | undefined
}

/** A committed transaction. */
export interface Submitted {
  /** What the function returned. */
  readonly result: Uint8Array
  readonly transactionId: string
  /** The block that holds it. */
  readonly block: number
  /** Proposals it took; more than 1 after conflicts. */
  readonly attempts: number
}

/** What is known of a transaction id. */
export interface TransactionStatus {
  readonly transactionId: string
  readonly block: number
  /** Fabric's validation code; 0 is valid. */
  readonly code: number
  readonly valid: boolean
}

/** Longest waits, in milliseconds. */
export interface Timeouts {
  /** Until the connection stands. */
  readonly connect: number
  readonly evaluate: number
  readonly endorse: number
  readonly submit: number
  /** From the orderers' acknowledgement to the block. */
  readonly commit: number
  /** How long to ask about a transaction that was perhaps not taken, before the same bytes are sent once more. */
  readonly doubt: number
  /** For finding out what became of a transaction whose outcome is unknown, all questions together. */
  readonly outcome: number
}

/** A stalled BFT leader is replaced in about 22 s, which `submit`, `commit` and `outcome` must outlast. */
export const defaultTimeouts: Timeouts = {
  connect: 10_000,
  evaluate: 15_000,
  endorse: 30_000,
  submit: 30_000,
  commit: 60_000,
  doubt: 10_000,
  outcome: 120_000,
}
