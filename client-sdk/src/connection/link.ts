import { connect as connectGateway, hash, type Gateway, type Network } from '@hyperledger/fabric-gateway'
import { errorAt, type CaizhengError } from '../errors/caizheng-error.js'
import { toCaizhengError } from '../errors/gateway-failure.js'
import { abortable, Aborted } from '../transactions/abortable.js'
import type { Timeouts } from '../transactions/call.js'
import type { Endpoint } from './endpoint.js'
import type { ClientIdentity } from './identity.js'
import { opensslSigner } from './signer.js'

type NetworkStage = Parameters<typeof toCaizhengError>[1]

/** One identity's way to one channel: the gateway library over the shared connection, its semaphore and deadlines. */
export class Link {
  readonly channel: string
  readonly timeouts: Timeouts
  readonly gateway: Gateway
  readonly network: Network
  readonly #endpoint: Endpoint
  readonly #closing = new Set<() => void>()
  #closed = false

  constructor(endpoint: Endpoint, identity: ClientIdentity, channel: string, timeouts: Timeouts) {
    this.channel = channel
    this.timeouts = timeouts
    this.#endpoint = endpoint
    this.gateway = connectGateway({
      client: endpoint.grpc,
      identity: { mspId: identity.mspId, credentials: identity.certificatePem },
      signer: opensslSigner(identity.privateKey),
      hash: hash.none,
    })
    this.network = this.gateway.getNetwork(channel)
  }

  /** Calls of all clients on this endpoint that run now. */
  get running(): number {
    return this.#endpoint.semaphore.running
  }

  /**
   * Makes one gateway call within the peer's limit.
   *
   * @param milliseconds - counted from when the call has its place, not from when it began to queue.
   * @throws {CaizhengError} of that stage.
   */
  async call<T>(
    stage: NetworkStage,
    milliseconds: number,
    make: (options: { deadline: number }) => Promise<T>,
    context: { signal?: AbortSignal | undefined; transactionId?: string } = {},
  ): Promise<T> {
    this.requireOpen(stage, context.transactionId)
    // The place is held until the call itself ends, even where the caller stops waiting: the peer still works on it.
    const running = this.#endpoint.semaphore.run(() => make({ deadline: Date.now() + milliseconds }), context.signal)
    try {
      return await abortable(running, context.signal)
    } catch (error) {
      if (this.#closed) throw closedError(stage, context.transactionId, error)
      if (context.signal?.aborted) throw toCaizhengError(new Aborted(context.signal), stage, context.transactionId)
      throw toCaizhengError(error, stage, context.transactionId)
    }
  }

  requireOpen(stage: NetworkStage, transactionId?: string): void {
    if (this.#closed) throw closedError(stage, transactionId)
  }

  /** Calls `listener` when the client closes; the result takes it back. */
  onClose(listener: () => void): () => void {
    this.#closing.add(listener)
    return () => this.#closing.delete(listener)
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    for (const listener of this.#closing) listener()
    this.gateway.close()
    this.#endpoint.release()
  }
}

function closedError(stage: NetworkStage, transactionId?: string, cause?: unknown): CaizhengError {
  return errorAt(stage, 'CLOSED', 'The client is closed', { transactionId, cause })
}
