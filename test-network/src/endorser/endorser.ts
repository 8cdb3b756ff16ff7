import {
  ChaincodeAction,
  encode,
  endorsementBytes,
  ProposalResponsePayload,
  type Infer,
  type Response,
} from '@caizheng/fabric-wire'
import { peer } from '@hyperledger/fabric-protos'
import type { Channel } from '../channel/index.js'
import { LIFECYCLE_NAMESPACE, sequenceKey } from '../consortium/index.js'
import { MessageType, openInvocation, type ChaincodeMessage } from '../chaincode/index.js'
import type { CallChaincode } from '../chaincode/index.js'
import type { PrivateWriteSet, StateSnapshot } from '../ledger/index.js'
import type { Agreements, InstalledChaincodes } from '../lifecycle/index.js'
import { openSimulator, type NamespaceInterest, type Simulator } from '../simulator/index.js'
import type { SystemChaincode } from '../system/index.js'
import { collectionAccess } from './collection-access.js'
import { distribute, type Receiver } from './distribute.js'
import { checkInitialization, type Runnable } from './initialization.js'
import { checkProposal, ProposalError, type OpenedProposal } from './proposal.js'

/** From this status on a response is an error and gets no endorsement. */
const ERROR_THRESHOLD = 400
/** How long one simulation may take, ms: `chaincode.executetimeout` of a stock peer. */
const EXECUTE_TIMEOUT = 30_000

type ChaincodeResponse = Infer<typeof Response>

/** What a peer answers to a proposal. */
export type EndorserResult =
  /** The proposal was refused before simulation: the client's fault. */
  | { kind: 'refused'; message: string }
  /**
   * The peer could not simulate (no such chaincode, chaincode gone, contract threw): it has no payload; or it could not
   * be reached.
   */
  | { kind: 'failed'; message: string; unreachable?: boolean }
  | Endorsed

/** A simulation that ran through; `endorsement` is absent where the chaincode answered with an error status. */
export interface Endorsed {
  kind: 'response'
  response: ChaincodeResponse
  /** The serialized `ProposalResponsePayload`: what is signed. */
  payload: Uint8Array
  endorsement?: { endorser: Uint8Array; signature: Uint8Array }
  interest: NamespaceInterest[]
}

/** The peer identity that signs for an organisation. */
export interface EndorserIdentity {
  mspId: string
  /** The `SerializedIdentity` of the peer. */
  serialized: Uint8Array
  sign(message: Uint8Array): Uint8Array
}

interface Execution {
  response: ChaincodeResponse
  event?: Uint8Array
}

/** What an organisation's peer has, and what it may run. */
export interface Chaincodes {
  readonly installed: InstalledChaincodes
  readonly agreements: Agreements
}

/** What a proposal is for: most peers don't care. */
export type Purpose = 'endorse' | 'evaluate'

/** An organisation's endorsing peer, as gateways and clients know it. */
export interface Endorsing {
  readonly mspId: string
  readonly serializedIdentity: Uint8Array
  runs(chaincode: string): Promise<boolean>
  process(proposal: OpenedProposal, purpose?: Purpose): Promise<EndorserResult>
}

/** One organisation's endorsing peer. */
export class Endorser implements Endorsing {
  /** Which chaincodes it runs, remembered until the next block. */
  #runs = { height: 0, answers: new Map<string, Promise<boolean>>() }

  constructor(
    private readonly channel: Channel,
    private readonly identity: EndorserIdentity,
    private readonly chaincodes: Chaincodes,
    private readonly system: ReadonlyMap<string, SystemChaincode>,
    /** The peers that private data may go to. */
    private readonly receivers: readonly Receiver[],
  ) {}

  get mspId(): string {
    return this.identity.mspId
  }

  /** The peer's certificate as its endorsements carry it. */
  get serializedIdentity(): Uint8Array {
    return this.identity.serialized
  }

  /** Whether this organisation runs the chaincode: it is defined, approved with a package, and that is installed. */
  async runs(chaincode: string): Promise<boolean> {
    if (this.system.has(chaincode)) return true
    const { ledger } = this.channel
    if (this.#runs.height !== ledger.height) this.#runs = { height: ledger.height, answers: new Map() }
    const { answers } = this.#runs
    let answer = answers.get(chaincode)
    if (!answer) answers.set(chaincode, (answer = this.#isRunnable(chaincode)))
    return answer
  }

  /** Checks, simulates and signs a proposal. Never rejects. */
  async process(proposal: OpenedProposal): Promise<EndorserResult> {
    if (proposal.channelId !== this.channel.id && proposal.channelId !== '') {
      return { kind: 'failed', message: `channel '${proposal.channelId}' not found` }
    }
    try {
      await checkProposal(this.channel, proposal, this.mspId)
      if (proposal.channelId === '') return await this.#answer(proposal)
      return await this.#simulate(proposal)
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      return { kind: error instanceof ProposalError ? 'refused' : 'failed', message }
    }
  }

  /** Answers a proposal without a channel: nothing is simulated, and there is nothing to endorse. */
  async #answer(proposal: OpenedProposal): Promise<EndorserResult> {
    const { chaincode } = proposal
    const builtIn = this.system.get(chaincode)
    if (!builtIn) {
      throw new Error(
        `make sure the chaincode ${chaincode} has been successfully defined on channel  and try again: could not get channel config for channel ''`,
      )
    }
    const response = await builtIn.invoke({ proposal, channel: this.channel })
    return { kind: 'response', response, payload: new Uint8Array(), interest: [] }
  }

  async #simulate(proposal: OpenedProposal): Promise<EndorserResult> {
    const { collections } = this.channel
    const simulator = openSimulator(this.channel.ledger, proposal.txId, {
      organization: this.mspId,
      isDefined: collections.isDefined.bind(collections),
    })
    try {
      const isBuiltIn = this.system.has(proposal.chaincode)
      const runnable = isBuiltIn ? undefined : await this.#runnable(proposal.chaincode, simulator)
      const version = runnable?.version ?? SYSTEM_VERSION
      const { response, event } = await this.#execute(proposal, simulator, runnable)
      const { readWriteSet, privateWrites, interest } = simulator.result()
      await this.#distribute(proposal, simulator, privateWrites)
      const action = encode(ChaincodeAction, {
        results: this.system.get(proposal.chaincode)?.readsLedgerOnly ? undefined : readWriteSet,
        events: event,
        response,
        chaincodeId: { name: proposal.chaincode, version },
      })
      const payload = encode(ProposalResponsePayload, { proposalHash: proposal.proposalHash, extension: action })
      if (response.status >= ERROR_THRESHOLD) return { kind: 'response', response, payload, interest }
      const endorser = this.identity.serialized
      const signature = this.identity.sign(endorsementBytes(payload, endorser))
      return { kind: 'response', response, payload, endorsement: { endorser, signature }, interest }
    } finally {
      await simulator.close()
    }
  }

  async #distribute({ txId }: OpenedProposal, { state }: Simulator, sets: readonly PrivateWriteSet[]): Promise<void> {
    try {
      await distribute(this.channel, { state, own: this.mspId, receivers: this.receivers }, txId, sets)
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause)
      throw inSimulation(
        new Error(`failed to distribute private collection, txID ${txId}, channel ${this.channel.id}: ${reason}`, {
          cause,
        }),
      )
    }
  }

  /**
   * The definition and the package that a simulation runs under; the read of the sequence makes the simulation fail once
   * the definition has moved on.
   */
  async #runnable(chaincode: string, simulator: Simulator): Promise<Runnable> {
    await simulator.get(LIFECYCLE_NAMESPACE, sequenceKey(chaincode))
    try {
      return await this.#find(chaincode, simulator.state)
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause)
      throw new Error(
        `make sure the chaincode ${chaincode} has been successfully defined on channel ${this.channel.id} and try again: ${reason}`,
        { cause },
      )
    }
  }

  /** @throws Error in a peer's words where this organisation can't run the chaincode */
  async #find(chaincode: string, state: StateSnapshot): Promise<Runnable> {
    const definition = await this.channel.definitions.find(state, chaincode)
    if (!definition) throw new Error(`chaincode ${chaincode} not found`)
    const id = await this.chaincodes.agreements.packageOf(state, definition)
    if (id === undefined) {
      throw new Error(
        `chaincode definition for '${chaincode}' at sequence ${String(definition.sequence)} on channel '${this.channel.id}' has not yet been approved by this org`,
      )
    }
    const installed = this.chaincodes.installed.get(id)
    if (!installed) throw new Error(`chaincode definition for '${chaincode}' exists, but chaincode is not installed`)
    return { version: definition.version, initRequired: definition.initRequired, runtime: installed.runtime }
  }

  async #isRunnable(chaincode: string): Promise<boolean> {
    const state = this.channel.ledger.snapshot()
    try {
      await this.#find(chaincode, state)
      return true
    } catch {
      return false
    } finally {
      await state.close()
    }
  }

  async #execute(proposal: OpenedProposal, simulator: Simulator, runnable?: Runnable): Promise<Execution> {
    const builtIn = this.system.get(proposal.chaincode)
    if (builtIn) return { response: await builtIn.invoke({ proposal, simulator, channel: this.channel }) }
    try {
      const message = await this.#run(proposal.chaincode, proposal.args, proposal, simulator, runnable)
      return completed(message, proposal)
    } catch (error) {
      throw inSimulation(error)
    }
  }

  async #run(
    chaincode: string,
    args: Uint8Array[],
    proposal: OpenedProposal,
    simulator: Simulator,
    known?: Runnable,
  ): Promise<ChaincodeMessage> {
    const runnable = known ?? (await this.#runnable(chaincode, simulator))
    // A chaincode that another one calls is never initialized by that
    const isInit = proposal.isInit && chaincode === proposal.chaincode
    try {
      await checkInitialization(chaincode, runnable, isInit, simulator)
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause)
      throw new Error(`failed to execute transaction ${proposal.txId}: invalid invocation: ${reason}`, { cause })
    }
    const call: CallChaincode = async (name, calledArgs) => {
      this.channel.authorizeCreator('peer/ChaincodeToChaincode', proposal.creator)
      return (await this.#run(name, calledArgs, proposal, simulator)).serializeBinary()
    }
    const invocation = openInvocation({
      channel: proposal.channelId,
      txId: proposal.txId,
      namespace: chaincode,
      args,
      isInit,
      signedProposal: proposal.message,
      simulator,
      access: collectionAccess(this.channel, simulator, proposal.creator),
      call,
    })
    try {
      const stream = await runnable.runtime.stream()
      return await stream.execute(invocation, EXECUTE_TIMEOUT)
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      throw new Error(`failed to execute transaction ${proposal.txId}: ${reason}`, { cause: error })
    }
  }
}

function inSimulation(error: unknown): Error {
  return new Error(`error in simulation: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
}

/** What a peer states as the version of its built-in chaincodes. */
const SYSTEM_VERSION = 'syscc'

function completed(message: ChaincodeMessage, proposal: OpenedProposal): Execution {
  if (message.getType() !== MessageType.COMPLETED) {
    throw new Error(`transaction returned with failure: ${Buffer.from(message.getPayload_asU8()).toString()}`)
  }
  const result = peer.Response.deserializeBinary(message.getPayload_asU8())
  const response = { status: result.getStatus(), message: result.getMessage(), payload: result.getPayload_asU8() }
  const event = message.getChaincodeEvent()
  if (!event || response.status >= ERROR_THRESHOLD) return { response }
  event.setChaincodeId(proposal.chaincode)
  event.setTxId(proposal.txId)
  return { response, event: event.serializeBinary() }
}
