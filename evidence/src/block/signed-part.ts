import {
  BlockMetadataIndex,
  decode,
  encode,
  encodeBlock,
  IdentifierHeader,
  Metadata,
  parseBlock,
  WireError,
} from '@caizheng/fabric-wire'
import { EvidenceError, why } from '../fault.js'

/**
 * A block without what nobody signs, its signatures in one order, as a proof holds it: each node serves them in its own order and
 * with its own verdicts beside.
 *
 * @throws EvidenceError RECEIPT_MALFORMED
 */
export function signedPart(bytes: Uint8Array): Uint8Array {
  try {
    const { header, data, metadata } = parseBlock(bytes)
    const { value, signatures } = decode(Metadata, metadata[BlockMetadataIndex.SIGNATURES] ?? new Uint8Array(0))
    const numbered = signatures.map((signature) => ({
      signature,
      identifier: decode(IdentifierHeader, signature.identifierHeader).identifier,
    }))
    numbered.sort((a, b) => a.identifier - b.identifier)
    const ascending = encode(Metadata, { value, signatures: numbered.map(({ signature }) => signature) })
    return encodeBlock({ header, data, metadata: [ascending] })
  } catch (error) {
    if (!(error instanceof WireError)) throw error
    throw new EvidenceError('RECEIPT_MALFORMED', { part: 'block', why: why(error) }, { cause: error })
  }
}
