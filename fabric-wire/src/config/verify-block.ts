import { blockSignatureBytes, blockSignatures, verifyBlockSignatures, type Block } from '../block/index.js'
import { decode } from '../codec/index.js'
import { IdentityError } from '../certificate/index.js'
import { SignatureHeader } from '../messages/index.js'
import { identify, verifyIdentitySignature, type Identity } from '../msp/index.js'
import { consentersOf, type ChannelConfig } from './channel-config.js'

/**
 * Whether a block is signed as its channel demands: by a quorum of consenters where they are BFT, else by whom the policy
 * `/Channel/Orderer/BlockValidation` names.
 *
 * @param config the configuration in force *before* the block
 * @throws {WireError} `MALFORMED` if the signatures can't be read
 */
export function isBlockSigned(block: Block, config: ChannelConfig): boolean {
  if (config.consensus.type === 'BFT') return verifyBlockSignatures(block, consentersOf(config)).ok
  const { value, signatures } = blockSignatures(block)
  const signers: Identity[] = []
  for (const { signatureHeader, signature } of signatures) {
    const identity = identifySilently(config, decode(SignatureHeader, signatureHeader).creator)
    const message = blockSignatureBytes(value, signatureHeader, block.header)
    if (identity !== undefined && verifyIdentitySignature(identity, message, signature)) signers.push(identity)
  }
  return config.policies.evaluate('/Channel/Orderer/BlockValidation', signers)
}

/** A stranger's signature does not count; it does no harm either. */
function identifySilently(config: ChannelConfig, creator: Uint8Array): Identity | undefined {
  try {
    return identify(config.msps, creator)
  } catch (error) {
    if (error instanceof IdentityError) return undefined
    throw error
  }
}
