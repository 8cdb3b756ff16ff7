/**
 * Why a certificate, an identity or an MSP is refused:
 * - `MALFORMED`: no certificate in DER, or no single PEM block. Ask for the certificate itself.
 * - `UNKNOWN_MSP`: no organisation of this channel has that MSP id.
 * - `UNSUPPORTED_KEY`: not ECDSA P-256. Enrol again with such a key.
 * - `CA_CERTIFICATE`: a CA's certificate stands where a person's or a node's must.
 * - `UNTRUSTED`: no single chain to this MSP's CAs. The certificate is another organisation's, or forged.
 * - `NOT_YET_VALID`, `EXPIRED`: outside the validity of the certificate or of its CA. Check the clock; enrol again.
 * - `REVOKED`: on the organisation's revocation list.
 * - `NO_ROLE`: not exactly one of client, peer, admin and orderer among its organisational units, or none that the MSP knows.
 * - `INVALID_MSP`: the MSP's own configuration is at fault.
 */
export type IdentityErrorCode =
  | 'MALFORMED'
  | 'UNKNOWN_MSP'
  | 'UNSUPPORTED_KEY'
  | 'CA_CERTIFICATE'
  | 'UNTRUSTED'
  | 'NOT_YET_VALID'
  | 'EXPIRED'
  | 'REVOKED'
  | 'NO_ROLE'
  | 'INVALID_MSP'

/** A certificate or an identity that may not be trusted. */
export class IdentityError extends Error {
  override readonly name = 'IdentityError'

  constructor(
    readonly code: IdentityErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}
