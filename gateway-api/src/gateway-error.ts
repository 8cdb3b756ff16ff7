/** Why a gateway cannot start; each code tells what to change. */
export type GatewayErrorCode =
  /** The host is reachable from other machines and no token is set: set one, or listen on 127.0.0.1. */
  | 'TOKEN_REQUIRED'
  /** The token is shorter than 16 characters: make a longer one, for example with `openssl rand -base64 24`. */
  | 'TOKEN_TOO_SHORT'
  /** Something else listens there: stop it, or choose another port. */
  | 'PORT_IN_USE'
  /** The address is not one of this machine's, or the port is not allowed to this user. */
  | 'ADDRESS_UNAVAILABLE'
  /** The folder can't be created or written, or its database is damaged. */
  | 'DIRECTORY_UNUSABLE'
  /** Another gateway holds the folder. */
  | 'DIRECTORY_IN_USE'
  /** A newer version wrote the database. */
  | 'DATABASE_NEWER'
  /** The trust file can't be read, is not sound, or names no authority for the time-stamping that is asked for. */
  | 'TRUST_UNUSABLE'
  /** The folder's journal belongs to another network or another submitter: give each its own folder. */
  | 'DIRECTORY_OF_ANOTHER'

/** Thrown by {@link createGateway}; nothing listens after it. */
export class GatewayError extends Error {
  override readonly name = 'GatewayError'

  constructor(
    readonly code: GatewayErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}
