import { randomBytes } from 'node:crypto'
import {
  blockSignatureBytes,
  encode,
  IdentifierHeader,
  Metadata,
  OrdererBlockMetadata,
  quorumOf,
  type BlockHeader,
  type ChannelConfig,
} from '@caizheng/fabric-wire'
import { namedConsenters, type ConsenterIdentity } from './consenters.js'
import { ViewMetadata } from './view-metadata.js'

/**
 * The signatures metadata of a block: what a quorum of BFT consenters signs, with their signatures. All of them live
 * in this process, so a quorum here proves no more than one signature would; it has the form that verifiers check.
 *
 * @param lastConfig the number of the newest configuration block, this one included
 * @param config the configuration in force before the block
 * @param held the consenters whose keys are held here and who take part now
 */
export function signBlock(
  header: BlockHeader,
  lastConfig: number,
  config: ChannelConfig,
  held: readonly ConsenterIdentity[],
): Uint8Array {
  const consenterMetadata = encode(ViewMetadata, { latestSequence: header.number, decisionsInView: header.number - 1 })
  const value = encode(OrdererBlockMetadata, { lastConfig: { index: lastConfig }, consenterMetadata })
  const signers = inTurn(namedConsenters(config, held), quorumOf(config.consenters.length), header.number)
  const signatures = signers.map(({ id, sign }) => {
    const identifierHeader = encode(IdentifierHeader, { identifier: id, nonce: randomBytes(24) })
    return { identifierHeader, signature: sign(blockSignatureBytes(value, identifierHeader, header)) }
  })
  return encode(Metadata, { value, signatures })
}

/** As many as Fabric requires, taking turns so that every key is in use. */
function inTurn(consenters: readonly ConsenterIdentity[], size: number, turn: number): ConsenterIdentity[] {
  return Array.from({ length: size }, (_, index) => consenters[(turn + index) % consenters.length]).filter(
    (one) => one !== undefined,
  )
}
