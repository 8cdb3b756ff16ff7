import {
  encodeEvidence,
  receiptFromPrepared,
  type EvidenceSubject,
  type FabricReceipt,
  type TimeStampEntry,
} from '@caizheng/evidence'
import type { Link } from '../connection/link.js'
import { CaizhengError, type CaizhengErrorCode } from '../errors/caizheng-error.js'
import type { CallOptions, ContractCall } from '../transactions/call.js'
import { endorseOnce } from '../transactions/propose.js'
import { repeat } from '../transactions/repeat.js'
import { backoff } from '../transactions/retry.js'
import type { TimeStamper } from './time-stamper.js'

/** A receipt and who signed it. */
export interface Receipt {
  readonly receipt: FabricReceipt
  /** MSP ids of the organisations whose nodes signed. */
  readonly organizations: readonly string[]
  /** Those that should have signed and couldn't; ask again later. Empty for a full receipt. */
  readonly missing: readonly string[]
  /** A time-stamp over the receipt with its signatures, where one was asked for and got. */
  readonly timeStamp?: TimeStampEntry | undefined
  /** Why one that was asked for is not there; the evidence can be stamped later (`timeStampEvidence`). */
  readonly unstamped?: CaizhengError | undefined
}

export interface ReceiptOptions extends CallOptions {
  /** Fewest organisations whose signatures are worth a receipt; 2 by default. One alone proves nothing. */
  readonly atLeast?: number | undefined
  /** The record is known to be on the chain: an organisation that can't find it has not had its block yet. */
  readonly committed?: boolean | undefined
  /** Has the receipt time-stamped. An authority that is away costs the time-stamp, never the receipt. */
  readonly timeStamper?: TimeStamper | undefined
}

/**
 * An endorsed query that is never submitted: signed by the node of every organisation, with the record's place in the
 * chain inside the signed bytes. Where an organisation is down, those that are up sign, and the answer says who is missing.
 *
 * @throws {EndorseError} where fewer than `atLeast` can sign; the contract's own code.
 */
export async function takeReceipt(
  link: Link,
  query: ContractCall,
  organizations: readonly string[],
  options: ReceiptOptions = {},
): Promise<Receipt> {
  const receipt = await askForReceipt(link, query, organizations, options)
  return { ...receipt, ...(await options.timeStamper?.stamp(receipt.receipt, options.signal)) }
}

/** The bytes of an evidence file around a receipt, with its time-stamp. @throws EvidenceError `TOO_LARGE` */
export function evidenceAround(
  { receipt, timeStamp }: Pick<Receipt, 'receipt' | 'timeStamp'>,
  subject?: EvidenceSubject,
): Uint8Array {
  return encodeEvidence({
    receipt,
    ...(subject && { subject }),
    ...(timeStamp && { cosignatures: [timeStamp] }),
  })
}

async function askForReceipt(
  link: Link,
  query: ContractCall,
  organizations: readonly string[],
  options: ReceiptOptions,
): Promise<Receipt> {
  const ask = async (asked: readonly string[]): Promise<Receipt> => {
    const endorsed = await endorseOnce(link, { ...query, endorsingOrganizations: asked }, options.signal)
    const missing = organizations.filter((mspId) => !asked.includes(mspId))
    return { receipt: receiptFromPrepared(endorsed.getBytes()), organizations: asked, missing }
  }
  try {
    const lagging = (error: CaizhengError, attempt: number) =>
      options.committed === true ? waitForLaggard(error, attempt, options.attempts) : undefined
    return await repeat('endorse', options, () => ask(organizations), lagging)
  } catch (error) {
    if (!(error instanceof CaizhengError && isAbsence(error, options))) throw error
    const present = await whoAnswers(organizations, ask)
    if (present.length < (options.atLeast ?? 2) || present.length === organizations.length) throw error
    return ask(present)
  }
}

/** Most nodes are behind by a few milliseconds, so the waits begin short: 5 to 640 milliseconds, a good second together. */
function waitForLaggard(error: CaizhengError, attempt: number, attempts = 9): number | undefined {
  return absentRecords.has(error.code) && attempt < attempts ? backoff(5, attempt) : undefined
}

function isAbsence({ code }: CaizhengError, { committed }: ReceiptOptions): boolean {
  return absences.has(code) || (absentRecords.has(code) && committed === true)
}

/** What a node says that has not had the record's block yet. */
const absentRecords = new Set<CaizhengErrorCode>(['ANCHOR_NOT_FOUND', 'BATCH_NOT_FOUND', 'CHECKPOINT_NOT_FOUND'])

/** What the absence of an organisation looks like from here. */
const absences = new Set<CaizhengErrorCode>([
  'CHAINCODE_FAILED',
  'CHAINCODE_UNAVAILABLE',
  'ENDORSEMENTS_DIFFER',
  'NOT_ENOUGH_ORGANIZATIONS',
  'NOT_REACHABLE',
  'REQUEST_REFUSED',
  'TIMED_OUT',
  'UNEXPECTED',
])

/** Asks each organisation by itself: the gateway doesn't say reliably who was missing. */
async function whoAnswers(
  organizations: readonly string[],
  ask: (asked: readonly string[]) => Promise<Receipt>,
): Promise<string[]> {
  const answers = await Promise.allSettled(organizations.map((mspId) => ask([mspId])))
  return organizations.filter((_, index) => answers[index]?.status === 'fulfilled')
}
