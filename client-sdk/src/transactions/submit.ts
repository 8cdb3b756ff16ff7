import { TxValidationCode } from '@caizheng/fabric-wire'
import type { Transaction } from '@hyperledger/fabric-gateway'
import type { Link } from '../connection/link.js'
import type { ClientErrorCode } from '../errors/codes.js'
import { CommitError } from '../errors/caizheng-error.js'
import type { CallOptions, ContractCall, Submitted, TransactionStatus } from './call.js'
import { endorseOnce } from './propose.js'
import { repeat } from './repeat.js'
import { settle } from './settle.js'

/**
 * Endorses, orders and waits for the block. Conflicts with other transactions are tried again with a new proposal;
 * where the outcome is unknown, the same transaction id is asked about until it is known.
 *
 * @throws {CaizhengError} the contract's own code at `endorse`; `OUTCOME_UNKNOWN` at `submit`; `CONFLICT`,
 *   `DUPLICATE_TRANSACTION`, `POLICY_NOT_MET`, `INVALIDATED` at `commit`; …
 */
export async function submit(link: Link, call: ContractCall, options: CallOptions = {}): Promise<Submitted> {
  const submitted = await submitWhere(link, call, () => true, options)
  if (!submitted.committed) throw new Error('unreachable: every result is committed here')
  return submitted
}

/** A transaction that was committed, or one whose result showed that there was nothing to write. */
export type SubmittedOrNot =
  | ({ readonly committed: true } & Submitted)
  | { readonly committed: false; readonly result: Uint8Array; readonly attempts: number }

/**
 * As {@link submit}, but sends to the orderers only where `worth` says so of the endorsed result: a transaction that
 * writes nothing needs no block.
 */
export async function submitWhere(
  link: Link,
  call: ContractCall,
  worth: (result: Uint8Array) => boolean,
  options: CallOptions = {},
): Promise<SubmittedOrNot> {
  return repeat('submit', options, async (attempt) => {
    const transaction = await endorseOnce(link, call, options.signal)
    const result = transaction.getResult()
    if (!worth(result)) return { committed: false, result, attempts: attempt }
    const status = await commit(link, transaction, options.signal)
    return { committed: true, result, transactionId: status.transactionId, block: status.block, attempts: attempt }
  })
}

/**
 * Sends an endorsed transaction and requires it to be valid.
 *
 * @throws {CommitError} where it was recorded as invalid.
 */
export async function commit(link: Link, transaction: Transaction, signal?: AbortSignal): Promise<TransactionStatus> {
  const status = await settle(link, transaction, signal)
  if (status.valid) return status
  const name = validationName(status.code)
  const code = codeOfInvalid.get(status.code) ?? 'INVALIDATED'
  const text = `Block ${status.block} records transaction ${status.transactionId} as invalid: ${name}`
  throw new CommitError(code, 'commit', text, { transactionId: status.transactionId, validationCode: status.code })
}

const codeOfInvalid: ReadonlyMap<number, ClientErrorCode> = new Map<number, ClientErrorCode>([
  [TxValidationCode.MVCC_READ_CONFLICT, 'CONFLICT'],
  [TxValidationCode.PHANTOM_READ_CONFLICT, 'CONFLICT'],
  [TxValidationCode.DUPLICATE_TXID, 'DUPLICATE_TRANSACTION'],
  [TxValidationCode.ENDORSEMENT_POLICY_FAILURE, 'POLICY_NOT_MET'],
])

function validationName(code: number): string {
  return Object.entries(TxValidationCode).find(([, value]) => value === code)?.[0] ?? `validation code ${code}`
}
