/** What can keep the system from starting that the person at the keyboard can mend. */
export type StartErrorCode =
  | 'BAD_OPTION'
  | 'PORT_IN_USE'
  | 'FOLDER_NOT_WRITABLE'
  | 'FOLDER_NOT_OURS'
  | 'DATA_TOO_NEW'
  | 'DATA_DAMAGED'
  | 'ALREADY_RUNNING'
  | 'FABRIC_FAILED'

/** A refusal whose message is one line that says what to do; the command prints nothing else and exits 1. */
export class StartError extends Error {
  override readonly name = 'StartError'

  constructor(
    readonly code: StartErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}
