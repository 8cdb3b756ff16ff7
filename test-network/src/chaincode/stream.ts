import { peer } from '@hyperledger/fabric-protos'
import type { ChaincodeConnection } from './connection.js'
import { answerRequest } from './requests.js'
import { chaincodeMessage, errorTo, keyOf, MessageType, type ChaincodeMessage } from './messages.js'
import type { Invocation } from './invocation.js'

/** What Fabric calls a stream that ended while a transaction was running. */
export const STREAM_TERMINATED = 'chaincode stream terminated'
const EXECUTION_TIMEOUT = 'timeout expired while executing transaction'

type State = 'created' | 'ready' | 'ended'

interface Running {
  invocation: Invocation
  settle: (message: ChaincodeMessage) => void
  fail: (error: Error) => void
}

/**
 * The peer's end of one organisation's stream to one chaincode. Each organisation has its own, since the shim
 * keys its calls by channel and transaction id: two organisations that simulated one transaction over a shared
 * stream would receive each other's answers.
 */
export class ChaincodeStream {
  #state: State = 'created'
  readonly #running = new Map<string, Running>()
  readonly #ready: Promise<void>

  constructor(
    readonly packageId: string,
    private readonly connection: ChaincodeConnection,
    private readonly onEnd: () => void,
  ) {
    this.#ready = new Promise((resolve, reject) => {
      connection.on('data', (message) => {
        try {
          this.#receive(message, resolve)
        } catch (error) {
          this.#terminate()
          reject(error instanceof Error ? error : new Error(String(error)))
        }
      })
      const ended = (): void => {
        this.#terminate()
        reject(new Error(`the chaincode ${packageId} ended its stream before it was ready`))
      }
      connection.on('end', ended)
      connection.on('close', ended)
      connection.on('error', ended)
    })
    this.#ready.catch(() => undefined)
  }

  /** Resolves when the chaincode has registered; rejects if it ends before that. */
  ready(): Promise<void> {
    return this.#ready
  }

  get ended(): boolean {
    return this.#state === 'ended'
  }

  /**
   * Runs one invocation and resolves with the chaincode's COMPLETED or ERROR message.
   * @throws Error with Fabric's text when the stream ends or `timeout` (ms) passes first.
   */
  execute(invocation: Invocation, timeout: number): Promise<ChaincodeMessage> {
    const id = runningId(invocation)
    if (this.#state !== 'ready') return Promise.reject(new Error(STREAM_TERMINATED))
    if (this.#running.has(id)) {
      return Promise.reject(new Error(`txid: ${invocation.txId}(${invocation.channel}) exists`))
    }
    return new Promise<ChaincodeMessage>((resolve, reject) => {
      const timer = setTimeout(() => {
        finish(() => {
          reject(new Error(EXECUTION_TIMEOUT))
        })
      }, timeout)
      const finish = (settle: () => void): void => {
        clearTimeout(timer)
        this.#running.delete(id)
        invocation.closeIterators()
        settle()
      }
      this.#running.set(id, {
        invocation,
        settle: (message) => {
          finish(() => {
            resolve(message)
          })
        },
        fail: (error) => {
          finish(() => {
            reject(error)
          })
        },
      })
      this.connection.write(startMessage(invocation))
    })
  }

  close(): void {
    this.#terminate()
    this.connection.end()
  }

  #receive(message: ChaincodeMessage, ready: () => void): void {
    const type = message.getType()
    if (this.#state === 'created') {
      if (type !== MessageType.REGISTER) throw new Error('the first message of a chaincode must be REGISTER')
      const registered = peer.ChaincodeID.deserializeBinary(message.getPayload_asU8()).getName()
      if (registered !== this.packageId) {
        throw new Error(`the chaincode registered as ${registered}, not as ${this.packageId}`)
      }
      this.connection.write(chaincodeMessage(MessageType.REGISTERED))
      this.connection.write(chaincodeMessage(MessageType.READY))
      this.#state = 'ready'
      ready()
      return
    }
    if (type === MessageType.KEEPALIVE) return
    const key = keyOf(message)
    const running = this.#running.get(`${key.channel}\0${key.txId}`)
    if (type === MessageType.COMPLETED || type === MessageType.ERROR) {
      running?.settle(message)
      return
    }
    if (!running) {
      this.connection.write(errorTo(message, 'no ledger context'))
      return
    }
    void answerRequest(message, running.invocation).then((answer) => {
      if (this.#state === 'ready') this.connection.write(answer)
    })
  }

  #terminate(): void {
    if (this.#state === 'ended') return
    this.#state = 'ended'
    for (const running of [...this.#running.values()]) running.fail(new Error(STREAM_TERMINATED))
    this.onEnd()
  }
}

function runningId(invocation: Invocation): string {
  return `${invocation.channel}\0${invocation.txId}`
}

function startMessage(invocation: Invocation): ChaincodeMessage {
  const input = new peer.ChaincodeInput()
  input.setArgsList(invocation.args)
  const type = invocation.isInit ? MessageType.INIT : MessageType.TRANSACTION
  const message = chaincodeMessage(type, invocation, input.serializeBinary())
  message.setProposal(invocation.signedProposal)
  return message
}
