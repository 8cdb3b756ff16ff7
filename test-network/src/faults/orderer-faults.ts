import { type common } from '@hyperledger/fabric-protos'
import type { Restartable } from './peer-faults.js'

/** How an orderer treats the transactions that it is sent. */
export interface OrdererAnswer {
  /** Milliseconds until it acknowledges a transaction; ordering does not wait for that. */
  delay?: number
  /** Acknowledges and orders nothing. Alone it harms nobody: the others order. */
  forget?: boolean
  /** Answers with this status instead of SUCCESS, such as `SERVICE_UNAVAILABLE`. */
  status?: keyof typeof common.Status
  /** What it says with the status. */
  info?: string
  /** Orders the transaction in spite of the status, as one under load may: `request already processed`. */
  take?: boolean
}

/** What can be made to go wrong with one orderer. */
export interface OrdererFaults {
  /** Ends its server and its part in ordering. Without a quorum nothing is ordered until enough are back. */
  stop(): void
  /** Takes part again, at the same address. @throws Error where the port is taken */
  start(): Promise<void>
  /** Answers so from now on; without an argument as it should. */
  answer(answer?: OrdererAnswer): void
}

/** The faults of one orderer, as the test sets them and the network looks at them. */
export class OrdererCondition implements OrdererFaults {
  #server: Restartable | undefined
  #isUp = true
  #answer: OrdererAnswer | undefined

  /** @param onChange called where the orderer comes or goes */
  constructor(
    readonly mspId: string,
    private readonly onChange: () => void,
  ) {}

  /** The orderer's server, once it listens. */
  attach(server: Restartable): void {
    this.#server = server
  }

  get isUp(): boolean {
    return this.#isUp
  }

  get currentAnswer(): OrdererAnswer | undefined {
    return this.#answer
  }

  get address(): string {
    return this.#server?.address ?? ''
  }

  stop(): void {
    if (!this.#isUp) return
    this.#isUp = false
    this.#server?.stop()
    this.onChange()
  }

  async start(): Promise<void> {
    if (this.#isUp) return
    await this.#server?.start()
    this.#isUp = true
    this.onChange()
  }

  answer(answer?: OrdererAnswer): void {
    this.#answer = answer
  }

  /** Takes part again without a server, so that a network that stops comes to an end. */
  revive(): void {
    this.#isUp = true
    this.onChange()
  }
}
