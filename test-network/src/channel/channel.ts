import {
  compilePolicy,
  decodeLoose,
  onlyCertificate,
  onlyTwoIntegers,
  parsePolicyExpression,
  PolicyError,
  SerializedIdentity,
  type ApplicationPolicy,
  type ChannelConfig,
  type Evaluator,
  type Identity,
  IdentityError,
} from '@caizheng/fabric-wire'
import { LIFECYCLE_NAMESPACE } from '../consortium/index.js'
import type { Ledger, StateSnapshot } from '../ledger/index.js'
import { isResource, policyFor, type Resource } from './access-control.js'
import { AccessError } from './access.js'
import { implicitOrganization } from './collection.js'
import { Collections } from './collections.js'
import { Definitions } from './definitions.js'
import { NOBODY } from './key-policy.js'
import { SignatureVerifier } from './signatures.js'

/** What every part of the node needs to know of the channel: its ledger, its configuration, the time. */
export class Channel {
  readonly definitions = new Definitions()
  readonly #signatures = new SignatureVerifier()
  #config: ChannelConfig
  #configBlock: number
  #collections: Collections
  #next: { block: number; config: ChannelConfig } | undefined

  /** `configBlock`: the number of the block that holds the configuration. */
  constructor(
    readonly ledger: Ledger,
    config: ChannelConfig,
    readonly clock: () => Date,
    configBlock = 0,
  ) {
    this.#config = config
    this.#configBlock = configBlock
    this.#collections = new Collections(config, this.definitions)
    // The first to hear of each block, so that nobody hears of a configuration that is not in force yet
    ledger.onCommit(({ number }) => {
      if (this.#next?.block === number) this.#adopt(this.#next)
    })
  }

  /** The configuration in force. It never changes: another object takes its place, so that caches can go by it. */
  get config(): ChannelConfig {
    return this.#config
  }

  /** The number of the block that holds the configuration in force. */
  get configBlock(): number {
    return this.#configBlock
  }

  get collections(): Collections {
    return this.#collections
  }

  /** Has a configuration come in force with the commit of its block. */
  adoptWith(block: number, config: ChannelConfig): void {
    this.#next = { block, config }
  }

  #adopt({ config, block }: { config: ChannelConfig; block: number }): void {
    this.#config = config
    this.#configBlock = block
    this.#collections = new Collections(config, this.definitions)
    this.#next = undefined
  }

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

  /** Whether the configuration in force knows this identity: its organisation, and a certificate not revoked. */
  admits(serialized: Uint8Array): boolean {
    try {
      this.#identify(serialized, undefined)
      return true
    } catch {
      return false
    }
  }

  /**
   * Requires one identity to satisfy the policy that guards a resource, such as `peer/Propose`, or one that is given by its
   * path, such as `/Channel/Readers`.
   * @throws AccessError
   */
  authorize(resource: Resource | `/${string}`, identity: Identity): void {
    const policy = isResource(resource) ? policyFor(this.config, resource) : resource
    const reason = this.#whyNot(policy, identity)
    if (reason === undefined) return
    throw new AccessError(`failed evaluating policy on signed data during check policy [${policy}]: [${reason}]`)
  }

  #whyNot(policy: string, identity: Identity): string | undefined {
    try {
      return this.config.policies.refusal(policy, [identity])
    } catch (error) {
      if (error instanceof PolicyError) return `policy ${policy} not found`
      throw error
    }
  }

  /** Requires the creator of a proposal, whose signature was verified, to have a resource's leave. @throws AccessError */
  authorizeCreator(resource: Resource, creator: Uint8Array): void {
    this.authorize(resource, this.#identify(creator, undefined))
  }

  /**
   * What a transaction's endorsements in a namespace must meet: a chaincode's policy, or for `_lifecycle` the channel's.
   * Undefined where the channel has no such chaincode.
   */
  async endorsementPolicy(state: StateSnapshot, namespace: string): Promise<Evaluator | undefined> {
    if (namespace === LIFECYCLE_NAMESPACE) return this.config.policies.get('/Channel/Application/LifecycleEndorsement')
    const definition = await this.definitions.find(state, namespace)
    return definition && applicationPolicy(this.config, definition.endorsementPolicy)
  }

  /**
   * What endorsements of a private collection's keys must meet; for an organisation's implicit collection its own
   * `Endorsement`. Undefined where there is no such collection.
   */
  async collectionPolicy(state: StateSnapshot, namespace: string, collection: string): Promise<Evaluator | undefined> {
    const mspId = implicitOrganization(collection)
    if (mspId !== undefined) {
      const organization = this.config.organizations.find(({ mspid }) => mspid === mspId)
      return organization && this.#organizationPolicy(organization.name, mspId)
    }
    const definition = await this.definitions.find(state, namespace)
    const found = definition?.collections.find(({ name }) => name === collection)
    return (
      definition && found && applicationPolicy(this.config, found.endorsementPolicy ?? definition.endorsementPolicy)
    )
  }

  /** An organisation that states no `Endorsement` lets any member of its endorse. */
  #organizationPolicy(name: string, mspId: string): Evaluator {
    const path = `/Channel/Application/${name}/Endorsement`
    if (this.config.policies.paths.includes(path)) return this.config.policies.get(path)
    return compilePolicy(parsePolicyExpression(`OR('${mspId}.member')`))
  }

  async #verified(
    serialized: Uint8Array,
    message: Uint8Array,
    signature: Uint8Array,
    at: Date | undefined,
  ): Promise<Identity> {
    const identity = this.#identify(serialized, at)
    if (await this.#signatures.verify(identity, message, onlyTwoIntegers(signature))) return identity
    throw new AccessError('The signature is invalid')
  }

  #identify(serialized: Uint8Array, at: Date | undefined): Identity {
    const { mspid, idBytes } = decodeLoose(SerializedIdentity, serialized)
    const msp = this.config.msps.get(mspid)
    if (!msp) throw new IdentityError('UNKNOWN_MSP', `MSP ${mspid} is unknown`)
    return msp.validate(onlyCertificate(idBytes), at)
  }
}

/** A definition may name a policy that the channel has not, or one that can't be read: nobody satisfies it then. */
function applicationPolicy(config: ChannelConfig, policy: ApplicationPolicy): Evaluator {
  try {
    return config.policies.application(policy)
  } catch (error) {
    if (error instanceof PolicyError) return NOBODY
    throw error
  }
}
