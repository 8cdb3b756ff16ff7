import { decode } from '../codec/index.js'
import { IdentityError, parseCertificate } from '../certificate/index.js'
import { concatBytes, verifyP256 } from '../crypto/index.js'
import { WireError } from '../errors.js'
import {
  BlockMetadataIndex,
  IdentifierHeader,
  Metadata,
  OrdererBlockMetadata,
  SerializedIdentity,
  SignatureHeader,
  type BlockHeader,
  type MetadataSignature,
} from '../messages/index.js'
import type { Block } from './block.js'
import { headerBytes } from './hash.js'

/** An orderer that takes part in consensus, as the channel's configuration names it. */
export interface BlockConsenter {
  readonly id: number
  readonly mspid: string
  /** Its signing certificate in PEM. */
  readonly identity: Uint8Array
}

/** Who signed a block. */
export interface BlockVerdict {
  /** Whether at least `quorum` distinct consenters signed. */
  readonly ok: boolean
  /** The ids of those whose signatures are good, ascending. */
  readonly signers: readonly number[]
  readonly quorum: number
}

/**
 * What an orderer signs: the metadata value, its identifier header (or signature header), the block header's DER.
 *
 * @param metadataValue `Metadata.value` of `metadata[0]`, an OrdererBlockMetadata
 * @param signerHeader the bytes of `identifierHeader`, or of `signatureHeader` where that is set
 */
export function blockSignatureBytes(
  metadataValue: Uint8Array,
  signerHeader: Uint8Array,
  header: BlockHeader,
): Uint8Array {
  return concatBytes(metadataValue, signerHeader, headerBytes(header))
}

/** How many of n BFT consenters must sign: with f = ⌊(n-1)/3⌋ faulty ones, ⌈(n+f+1)/2⌉. Of four, three. */
export function quorumOf(consenters: number): number {
  const faulty = Math.floor((consenters - 1) / 3)
  return Math.ceil((consenters + faulty + 1) / 2)
}

/** The signatures of a block's orderers, as its metadata holds them. */
export function blockSignatures(block: Block): Metadata {
  return decode(Metadata, block.metadata[BlockMetadataIndex.SIGNATURES] ?? new Uint8Array(0))
}

/**
 * The number of the configuration block that was in force when a block was cut.
 *
 * @throws {WireError} `MALFORMED`, or `MISSING` in a block that orderers didn't sign (the genesis block)
 */
export function lastConfigIndex(block: Block): number {
  const { lastConfig } = decode(OrdererBlockMetadata, blockSignatures(block).value)
  if (lastConfig === undefined)
    throw new WireError('MISSING', `block ${block.header.number} names no configuration block`)
  return lastConfig.index
}

/**
 * Verifies a BFT block's signatures. Take the consenters from the configuration in force *before* the block; compare
 * `dataHash(block.data)` and the previous hash yourself: only the header is signed. The genesis block carries no signature:
 * pin its hash.
 *
 * @param quorum how many must have signed; `quorumOf(consenters.length)` if left out
 * @throws {WireError} `MALFORMED` if the signatures can't be read; a wrong signature is only not counted
 * @throws {IdentityError} `MALFORMED` if a consenter's certificate is none
 * @example verifyBlockSignatures(parseBlock(bytes), consentersOf(config)).ok
 */
export function verifyBlockSignatures(
  block: Block,
  consenters: readonly BlockConsenter[],
  quorum = quorumOf(consenters.length),
): BlockVerdict {
  const { value, signatures } = blockSignatures(block)
  const signers = new Map<string, number>()
  for (const signature of signatures) {
    const consenter = signerOf(signature, consenters)
    if (consenter === undefined) continue
    // Counted by certificate, so that a key with two numbers has one voice.
    const { publicKey, identity } = parseCertificate(consenter.identity)
    if (publicKey === undefined || signers.has(identity)) continue
    const { identifierHeader, signatureHeader } = signature
    const signerHeader = signatureHeader.length > 0 ? signatureHeader : identifierHeader
    const message = blockSignatureBytes(value, signerHeader, block.header)
    if (verifyP256(publicKey, message, signature.signature)) signers.set(identity, consenter.id)
  }
  // A quorum of nothing would accept every block.
  const needed = Math.max(quorum, 1)
  return { ok: signers.size >= needed, signers: [...signers.values()].sort((a, b) => a - b), quorum: needed }
}

/** A signature names its consenter by number, or gives its whole identity in a signature header. */
function signerOf(
  { identifierHeader, signatureHeader }: MetadataSignature,
  consenters: readonly BlockConsenter[],
): BlockConsenter | undefined {
  if (signatureHeader.length === 0) {
    const { identifier } = decode(IdentifierHeader, identifierHeader)
    return consenters.find(({ id }) => id === identifier)
  }
  const { mspid, idBytes } = decode(SerializedIdentity, decode(SignatureHeader, signatureHeader).creator)
  const identity = certificateIdentity(idBytes)
  return consenters.find((one) => one.mspid === mspid && certificateIdentity(one.identity) === identity)
}

function certificateIdentity(idBytes: Uint8Array): string {
  try {
    return parseCertificate(idBytes).identity
  } catch (error) {
    if (error instanceof IdentityError) return ''
    throw error
  }
}
