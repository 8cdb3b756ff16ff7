/** A transaction that a block may hold and that is not valid; `code` is Fabric's validation code. */
export class Invalid extends Error {
  constructor(
    readonly code: number,
    options?: ErrorOptions,
  ) {
    super(`validation code ${String(code)}`, options)
    this.name = 'Invalid'
  }
}
