import { createPrivateKey, randomBytes, sign } from 'node:crypto'
import { buildProposal, encode, SerializedIdentity, SignedProposal, toLowS } from '@caizheng/fabric-wire'
import type { Credentials } from '../network.js'
import type { Invocation } from './invocation.js'

/** A proposal, signed. */
export interface Proposed {
  readonly transactionId: string
  readonly proposalBytes: Uint8Array
  /** The serialized SignedProposal. */
  readonly signedProposal: Uint8Array
}

/** Someone who proposes and signs transactions. */
export class ProgramSigner {
  readonly #key
  readonly #creator

  constructor(private readonly credentials: Credentials) {
    this.#key = createPrivateKey(credentials.privateKey)
    const idBytes = Buffer.from(credentials.certificate)
    this.#creator = encode(SerializedIdentity, { mspid: credentials.mspId, idBytes })
  }

  sign(bytes: Uint8Array): Uint8Array {
    return toLowS(sign('sha256', bytes, this.#key))
  }

  propose(chaincode: string, { args, transient }: Invocation): Proposed {
    const now = Date.now()
    const { proposalBytes, transactionId } = buildProposal({
      channel: this.credentials.channel,
      chaincode,
      args,
      transient,
      creator: this.#creator,
      nonce: randomBytes(24),
      timestamp: { seconds: Math.floor(now / 1000), nanos: (now % 1000) * 1e6 },
    })
    const signature = this.sign(proposalBytes)
    return { transactionId, proposalBytes, signedProposal: encode(SignedProposal, { proposalBytes, signature }) }
  }
}
