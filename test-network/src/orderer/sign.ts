import { randomBytes } from 'node:crypto'
import {
  blockSignatureBytes,
  encode,
  IdentifierHeader,
  Metadata,
  OrdererBlockMetadata,
  quorumOf,
  type BlockHeader,
} from '@caizheng/fabric-wire'
import { ViewMetadata } from './view-metadata.js'

/** One of the consenters that the channel's configuration names. */
export interface ConsenterIdentity {
  /** Its number in the configuration, which its signatures carry in place of a certificate. */
  id: number
  mspId: string
  sign: (message: Uint8Array) => Uint8Array
}

/**
 * The signatures metadata of a block: what a quorum of BFT consenters signs, with their signatures. All of them live
 * in this process, so a quorum here proves no more than one signature would; it has the form that verifiers check.
 *
 * @param lastConfig the number of the newest configuration block, this one included
 * @param available those who can sign now: at least a quorum
 */
export function signBlock(
  header: BlockHeader,
  lastConfig: number,
  consenters: readonly ConsenterIdentity[],
  available = consenters,
): Uint8Array {
  const consenterMetadata = encode(ViewMetadata, { latestSequence: header.number, decisionsInView: header.number - 1 })
  const value = encode(OrdererBlockMetadata, { lastConfig: { index: lastConfig }, consenterMetadata })
  const signatures = signersOf(available, quorumOf(consenters.length), header.number).map(({ id, sign }) => {
    const identifierHeader = encode(IdentifierHeader, { identifier: id, nonce: randomBytes(24) })
    return { identifierHeader, signature: sign(blockSignatureBytes(value, identifierHeader, header)) }
  })
  return encode(Metadata, { value, signatures })
}

/** As many as Fabric requires, taking turns so that every key is in use. */
function signersOf(consenters: readonly ConsenterIdentity[], size: number, turn: number): ConsenterIdentity[] {
  return Array.from({ length: size }, (_, index) => consenters[(turn + index) % consenters.length]).filter(
    (one) => one !== undefined,
  )
}
