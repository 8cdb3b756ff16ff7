/**
 * What went wrong with a ledger:
 *
 * - `DAMAGED`: stored bytes are not those written; `place` says where. Restore the folder, or fetch the blocks again.
 * - `NO_ACCESS`: the system refuses to read or write the folder: permissions, space, or file handles.
 * - `IN_USE`: another process, or another handle of this one, holds the folder.
 * - `NEWER_FORMAT`: a later release wrote the folder.
 * - `OTHER_CHANNEL`: the folder belongs to another channel or another genesis block.
 * - `NOT_A_LEDGER`: the folder holds no ledger.
 * - `OUT_OF_ORDER`: the block does not follow the tip.
 * - `INVALID_BLOCK`: block and candidates contradict each other; nothing was written.
 * - `WRITE_FAILED`: the disk refused the block; the ledger takes no more until it is opened again.
 * - `CLOSED`: the ledger or snapshot was closed.
 */
export type LedgerErrorCode =
  | 'DAMAGED'
  | 'NO_ACCESS'
  | 'IN_USE'
  | 'NEWER_FORMAT'
  | 'OTHER_CHANNEL'
  | 'NOT_A_LEDGER'
  | 'OUT_OF_ORDER'
  | 'INVALID_BLOCK'
  | 'WRITE_FAILED'
  | 'CLOSED'

/** Every error that the ledger throws by itself. */
export class LedgerError extends Error {
  readonly code: LedgerErrorCode
  /** For `DAMAGED`: what is damaged, as in `block 17` or `file 000005.ldb at byte 4096`. */
  readonly place: string | undefined

  constructor(code: LedgerErrorCode, message: string, options?: { place?: string; cause?: unknown }) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'LedgerError'
    this.code = code
    this.place = options?.place
  }
}

/** A `DAMAGED` error for `place`; `finding` says what was found there. */
export function damaged(place: string, finding: string, cause?: unknown): LedgerError {
  return new LedgerError(
    'DAMAGED',
    `${place}: ${finding}. The ledger is damaged: restore its folder from a backup, or remove it and fetch the blocks again.`,
    { place, cause },
  )
}
