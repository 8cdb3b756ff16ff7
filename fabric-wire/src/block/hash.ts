import { concatBytes, sha256 } from '../crypto/index.js'
import type { BlockHeader } from '../messages/index.js'

/** DER of SEQUENCE { INTEGER number, OCTET STRING previousHash, OCTET STRING dataHash }: what orderers sign and hashes chain. */
export function headerBytes(header: BlockHeader): Uint8Array {
  const body = concatBytes(
    element(0x02, integer(header.number)),
    element(0x04, header.previousHash),
    element(0x04, header.dataHash),
  )
  return element(0x30, body)
}

function element(tag: number, content: Uint8Array): Uint8Array {
  const length = content.length
  if (length < 0x80) return concatBytes(Uint8Array.of(tag, length), content)
  const size = integer(length)
  const digits = size[0] === 0 ? size.subarray(1) : size
  return concatBytes(Uint8Array.of(tag, 0x80 | digits.length), digits, content)
}

/** A non-negative safe integer, big-endian, shortest, with a zero before a high bit. */
function integer(value: number): Uint8Array {
  const digits: number[] = []
  let rest = value
  do {
    digits.unshift(rest % 256)
    rest = Math.floor(rest / 256)
  } while (rest > 0)
  if ((digits[0] ?? 0) >= 0x80) digits.unshift(0)
  return Uint8Array.from(digits)
}

/** A block's hash: SHA-256 of its header's DER. The next block's `previousHash`; of block 0, the network's identity. */
export function blockHash(header: BlockHeader): Uint8Array {
  return sha256(headerBytes(header))
}

/** SHA-256 of the envelopes one after the other. No tree: to prove one transaction takes them all. */
export function dataHash(data: readonly Uint8Array[]): Uint8Array {
  return sha256(concatBytes(...data))
}
