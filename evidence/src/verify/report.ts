import type { FaultCode } from '../fault.js'
import type { Text } from '../format/text.js'
import type { Orderers } from '../block/checks/orderers.js'
import type { Cosigner } from '../cosignature/check.js'
import type { Leaf } from '../leaf/leaf.js'
import type { AnchoredRecord } from '../receipt/checks/response.js'
import type { Place } from '../receipt/checks/result.js'
import type { TimeStamp } from '../timestamp/check.js'
import type { StepCode } from './steps.js'

/** VALID: proven. INVALID: something is wrong. CANNOT_TELL: nothing is known to be wrong, but it is not proven either. */
export type Outcome = 'VALID' | 'INVALID' | 'CANNOT_TELL'

export type StepOutcome = 'passed' | 'failed' | 'unknown'

/** One step of a verification. */
export interface Step {
  readonly code: StepCode
  readonly name: Text
  readonly outcome: StepOutcome
  /** What was seen, or what is wrong. */
  readonly reason: Text
  /** What is wrong, for programs; absent if the step passed. */
  readonly fault?: FaultCode
}

/** A node that signed. */
export interface Signer {
  readonly mspId: string
  readonly name: Text
  /** When the certificate that it signed with ends. */
  readonly until: Date
}

/** What a block proof says, and no more: ordered at this place, submitted and endorsed by these. Not that it is valid. */
export interface ProvenBlock {
  /** The block's number, which tells its age: orderers sign no time. */
  readonly number: number
  readonly orderers: Orderers
  /** The organisation whose member submitted the transaction; its id for a name where the trust file doesn't know it. */
  readonly submitter: Pick<Signer, 'mspId' | 'name'>
  readonly endorsers: readonly Signer[]
}

/** What a valid receipt proves, for those who print or store it. */
export interface Proven {
  readonly channel: string
  /** SHA-256 of the genesis block's header. */
  readonly network: string
  /** One operator runs all nodes, as the trust file says: for trying out, no proof against that operator. */
  readonly trial?: true
  /** Where on the chain the record stands. */
  readonly place: Place
  readonly record: AnchoredRecord
  /** The document's leaf, if it was anchored in a batch. */
  readonly leaf?: { readonly index: number; readonly leaf: Leaf }
  readonly signers: readonly Signer[]
  /** When the nodes stated it, by their clocks to within five minutes. */
  readonly time: Date
  /** Time-stamps that hold. Empty if one of them is wrong. */
  readonly timeStamps: readonly TimeStamp[]
  /** What the block proof says; absent if there is none, or not all of it holds. */
  readonly block?: ProvenBlock
  /** Who co-signed with SM2; this decides nothing. Empty if one of the co-signatures is wrong. */
  readonly cosigners: readonly Cosigner[]
}

/** The result of a verification. */
export interface Report {
  readonly outcome: Outcome
  /** Present if fewer nodes signed than the trust file calls complete. */
  readonly weaker?: true
  /** All steps, in a fixed order. */
  readonly steps: readonly Step[]
  /** What was proven or not, in one sentence. */
  readonly statement: Text
  /** Present if the outcome is VALID. */
  readonly proven?: Proven
  /** Fingerprint of the trust file that was used, if it could be read: compare it with the one you were told. */
  readonly fingerprint?: string
}
