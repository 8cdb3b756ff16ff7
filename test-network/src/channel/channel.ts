import {
  decodeLoose,
  SerializedIdentity,
  type ChannelConfig,
  type Evaluator,
  type Identity,
  IdentityError,
} from '@caizheng/fabric-wire'
import { LIFECYCLE_NAMESPACE } from '../consortium/index.js'
import type { Ledger, StateSnapshot } from '../ledger/index.js'
import { onlyCertificate, onlyTwoIntegers } from './accepted-forms.js'
import { AccessError } from './access.js'
import { Definitions } from './definitions.js'
import { SignatureVerifier } from './signatures.js'

/** What every part of the node needs to know of the channel: its ledger, its configuration, the time. */
export class Channel {
  readonly definitions = new Definitions()
  readonly #signatures = new SignatureVerifier()

  constructor(
    readonly ledger: Ledger,
    readonly config: ChannelConfig,
    readonly clock: () => Date,
  ) {}

  get id(): string {
    return this.config.channelId
  }

  /**
   * The identity that signed `message`. Certificates that have expired since count, as they do when a peer judges a
   * block: a replay years later must come to the same verdict.
   * @throws AccessError, IdentityError when the organisation, the certificate or the signature is not valid
   */
  signer(serialized: Uint8Array, message: Uint8Array, signature: Uint8Array): Promise<Identity> {
    return this.#verified(serialized, message, signature, undefined)
  }

  /** The identity that makes a request now, with a certificate that is valid now. @throws AccessError, IdentityError */
  caller(serialized: Uint8Array, message: Uint8Array, signature: Uint8Array): Promise<Identity> {
    return this.#verified(serialized, message, signature, this.clock())
  }

  isExpired({ certificate }: Identity): boolean {
    return this.clock() > certificate.notAfter
  }

  /**
   * Requires one identity to satisfy a policy of the configuration, such as `/Channel/Application/Writers`.
   * @throws AccessError
   */
  require(policy: string, identity: Identity): void {
    if (this.config.policies.evaluate(policy, [identity])) return
    throw new AccessError(
      `failed evaluating policy on signed data during check policy [${policy}]: [signature set did not satisfy policy]`,
    )
  }

  /**
   * What a transaction's endorsements in a namespace must meet: a chaincode's policy, or for `_lifecycle` the channel's.
   * Undefined where the channel has no such chaincode.
   */
  async endorsementPolicy(state: StateSnapshot, namespace: string): Promise<Evaluator | undefined> {
    if (namespace === LIFECYCLE_NAMESPACE) return this.config.policies.get('/Channel/Application/LifecycleEndorsement')
    const definition = await this.definitions.find(state, namespace)
    return definition && this.config.policies.application(definition.endorsementPolicy)
  }

  async #verified(
    serialized: Uint8Array,
    message: Uint8Array,
    signature: Uint8Array,
    at: Date | undefined,
  ): Promise<Identity> {
    const { mspid, idBytes } = decodeLoose(SerializedIdentity, serialized)
    const msp = this.config.msps.get(mspid)
    if (!msp) throw new IdentityError('UNKNOWN_MSP', `MSP ${mspid} is unknown`)
    const identity = msp.validate(onlyCertificate(idBytes), at)
    if (await this.#signatures.verify(identity, message, onlyTwoIntegers(signature))) return identity
    throw new AccessError('The signature is invalid')
  }
}
