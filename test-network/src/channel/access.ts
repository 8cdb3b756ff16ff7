/** A caller was refused: its identity is unknown or invalid, its signature is wrong, or a policy is not met. */
export class AccessError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'AccessError'
  }
}
