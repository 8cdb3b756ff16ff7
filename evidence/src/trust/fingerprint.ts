import { sha256, toHex } from '@caizheng/fabric-wire'

const LABEL = 'caizheng-trust-fingerprint-v1\0'
const DIGITS = 40
const GROUP = 5

/**
 * The fingerprint of a trust file: eight groups of five decimal digits (132 bits of a SHA-256 over all its bytes), for two
 * people to read to each other over the phone. Digits because they are the same in every language and hard to mishear.
 *
 * @example
 * fingerprint(trustFileBytes) // '04271 99310 55482 …'
 */
export function fingerprint(file: Uint8Array): string {
  const labelled = new Uint8Array(LABEL.length + file.length)
  labelled.set(new TextEncoder().encode(LABEL))
  labelled.set(file, LABEL.length)
  const number = BigInt(`0x${toHex(sha256(labelled))}`) % 10n ** BigInt(DIGITS)
  const digits = number.toString().padStart(DIGITS, '0')
  return Array.from({ length: DIGITS / GROUP }, (_, i) => digits.slice(i * GROUP, (i + 1) * GROUP)).join(' ')
}
