import {
  dataHash,
  Envelope,
  equalBytes,
  IdentifierHeader,
  Metadata,
  OrdererBlockMetadata,
  WireBlock,
  type Block,
} from '@caizheng/fabric-wire'
import { EvidenceError } from '../fault.js'
import { present, readStrict } from '../receipt/strict.js'

/**
 * Reads a block of a proof so that no byte of it is free: one encoding, transactions that are those of the header and can't be
 * cut at other borders, and the orderers' signatures as only metadata. Who signed is not looked at here.
 *
 * @throws EvidenceError RECEIPT_MALFORMED, or with a code that begins with BLOCK_
 */
export function openBlock(bytes: Uint8Array): Block {
  const { header, data, metadata } = readStrict(WireBlock, bytes, 'block')
  const block: Block = {
    header: present(header, 'header of the block'),
    data: present(data, 'data of the block').data,
    metadata: present(metadata, 'metadata of the block').metadata,
  }
  block.data.forEach(checkBorders)
  if (!equalBytes(dataHash(block.data), block.header.dataHash)) throw new EvidenceError('BLOCK_DATA_HASH')
  const [signed, ...others] = block.metadata
  if (signed === undefined || others.length > 0) throw new EvidenceError('BLOCK_METADATA')
  checkSignatureForm(signed)
  return block
}

/**
 * The data hash is over the envelopes one after the other, without their lengths: the same bytes could be cut at other places,
 * and other transactions would stand at other places. Strict envelopes, each with content and signature, follow each
 * other in one way only.
 */
function checkBorders(bytes: Uint8Array, index: number): void {
  const { payload, signature } = readStrict(Envelope, bytes, `envelope ${index} of the block`)
  if (payload.length === 0 || signature.length === 0) throw new EvidenceError('BLOCK_CUT', { index })
}

/** Orderers sign value, identifier and header one after the other, again without lengths: both must be strict as well. */
function checkSignatureForm(bytes: Uint8Array): void {
  const { value, signatures } = readStrict(Metadata, bytes, 'metadata of the block')
  readStrict(OrdererBlockMetadata, value, 'what the orderers signed')
  let previous = -1
  for (const { identifierHeader, signatureHeader } of signatures) {
    const { identifier } = readStrict(IdentifierHeader, identifierHeader, 'number of an orderer')
    if (signatureHeader.length > 0 || identifier <= previous) throw new EvidenceError('BLOCK_SIGNATURE_FORM')
    previous = identifier
  }
}
