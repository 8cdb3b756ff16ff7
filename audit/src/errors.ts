/**
 * Why an audit could not be made, and what to do:
 * - `NO_BLOCKS`: the folder or file holds no blocks. Name one with `*.block` files or a peer's `blockfile_*`.
 * - `NETWORK_MISMATCH`: the chain is not the one that the trust file pins. Ask for the right chain or the right trust file.
 * - `CHECKPOINT_MISMATCH`: the folder holds an audit of another chain, trust file or program. Name another folder.
 * - `CHECKPOINT_DAMAGED`: what was kept of an earlier run can't be read. Delete the file and begin again.
 * - `BUILD_UNREADABLE`: a chaincode's build can't be read or holds no contracts. Run `npm run build`, or name the right folder.
 * - `INPUT_INVALID`: options that contradict each other.
 */
export type AuditErrorCode =
  'NO_BLOCKS' | 'NETWORK_MISMATCH' | 'CHECKPOINT_MISMATCH' | 'CHECKPOINT_DAMAGED' | 'BUILD_UNREADABLE' | 'INPUT_INVALID'

/** An audit that could not be made. What is wrong with the chain is no error but a doubtful point of the report. */
export class AuditError extends Error {
  override readonly name = 'AuditError'

  constructor(
    readonly code: AuditErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}
