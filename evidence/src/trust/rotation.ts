import { sha256, toHex, verifyP256 } from '@caizheng/fabric-wire'
import { canonicalBytes } from '@caizheng/records'
import * as z from 'zod/mini'
import { EvidenceError } from '../fault.js'
import { BASE64_SHAPE, fromBase64, isBase64, toBase64 } from '../format/base64.js'
import { conform, decodeCanonical, expectKind } from '../format/canonical.js'
import { base64, list } from '../format/primitives.js'
import { MAX_TRUST_BYTES, openTrust, type Trust } from './trust.js'

const ROTATION_KIND = 'caizheng-trust-rotation'
const ROTATION_VERSION = 1

/** Schema of the file that hands over from one trust file to the next. */
export const rotationSchema = z.strictObject({
  kind: z.literal(ROTATION_KIND),
  version: z.literal(ROTATION_VERSION),
  /** The next trust file's bytes. */
  trust: z
    .string()
    .check(z.maxLength(2 * MAX_TRUST_BYTES), z.regex(BASE64_SHAPE), z.refine(isBase64, 'not canonical base64')),
  /** By administrators of the file before, in that file's order: ECDSA P-256 over SHA-256 of `rotationBytes`. */
  signatures: list(z.strictObject({ key: base64, signature: base64 }), 1, 32),
})

/**
 * What administrators sign: the digests of the trust file in force and of the next.
 *
 * @param current bytes of the trust file in force
 * @param next bytes of the next
 */
export function rotationBytes(current: Uint8Array, next: Uint8Array): Uint8Array {
  return canonicalBytes({
    label: 'caizheng-trust-rotation-v1',
    from: toHex(sha256(current)),
    to: toHex(sha256(next)),
  })
}

/** The bytes of a rotation file. Signatures are DER with low S, in the order of the current file's administrators. */
export function encodeRotation(
  next: Uint8Array,
  signatures: readonly { readonly key: Uint8Array; readonly signature: Uint8Array }[],
): Uint8Array {
  return canonicalBytes({
    kind: ROTATION_KIND,
    version: ROTATION_VERSION,
    trust: toBase64(next),
    signatures: signatures.map(({ key, signature }) => ({ key: toBase64(key), signature: toBase64(signature) })),
  })
}

/**
 * Takes the step from a pinned trust file to its successor: same channel and network, the next number, signed by enough
 * administrators of the current one. A person then confirms nothing anew: the old fingerprint vouches for the new file.
 *
 * @returns the next trust file's bytes, and what they hold
 * @throws EvidenceError of a file, with a code that begins with ROTATION_, or as `openTrust`
 */
export function rotateTrust(
  current: Uint8Array,
  rotation: Uint8Array,
): { readonly bytes: Uint8Array; readonly trust: Trust } {
  const { file } = openTrust(current)
  const value = decodeCanonical(rotation, 4 * MAX_TRUST_BYTES)
  expectKind(value, ROTATION_KIND, ROTATION_VERSION)
  const { trust: encoded, signatures } = conform(rotationSchema, value)
  const bytes = fromBase64(encoded)
  const trust = openTrust(bytes)
  if (trust.file.channel !== file.channel || trust.file.network !== file.network) {
    throw new EvidenceError('ROTATION_OTHER_NETWORK')
  }
  if (file.trial === true && trust.file.trial !== true) throw new EvidenceError('ROTATION_TRIAL')
  if (trust.file.number !== file.number + 1) {
    throw new EvidenceError('ROTATION_NUMBER', { expected: file.number + 1, actual: trust.file.number })
  }

  const message = rotationBytes(current, bytes)
  const { administrators, needed } = file.rotation
  let previous = -1
  for (const { key, signature } of signatures) {
    const place = administrators.findIndex((administrator) => administrator.key === key)
    const administrator = administrators[place]
    // Ascending places, so that one administrator counts once.
    if (administrator === undefined || place <= previous) throw new EvidenceError('ROTATION_ADMINISTRATOR')
    previous = place
    if (!verifyP256(fromBase64(key), message, fromBase64(signature))) {
      throw new EvidenceError('ROTATION_SIGNATURE', { name: administrator.name })
    }
  }
  if (needed === 0 || signatures.length < needed) {
    throw new EvidenceError('ROTATION_TOO_FEW', { signed: signatures.length, needed })
  }
  return { bytes, trust }
}
