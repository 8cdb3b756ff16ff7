import { setTimeout as wait } from 'node:timers/promises'
import { quorumOf } from '@caizheng/fabric-wire'
import { common } from '@hyperledger/fabric-protos'
import type { Broadcast, BroadcastAnswer, Conditions } from '../orderer/index.js'
import type { ErrorDetail } from '../rpc/index.js'
import { OrdererCondition } from './orderer-faults.js'
import { unreachable } from './unreachable.js'

const { SUCCESS, SERVICE_UNAVAILABLE } = common.Status

/** What a Fabric orderer says of a transaction that it has already; its gateways take that for success. */
const ALREADY_THERE = 'failed to submit request: request already exists'

/** The orderers as clients and gateways meet them, each with its faults, in front of the one ordering service. */
export class Ordering implements Conditions {
  readonly orderers: readonly OrdererCondition[]
  #delay = 0
  #waiting: (() => void)[] = []

  constructor(consenters: readonly { mspId: string }[]) {
    this.orderers = consenters.map(
      ({ mspId }) =>
        new OrdererCondition(mspId, () => {
          for (const go of this.#waiting.splice(0)) go()
        }),
    )
  }

  /** Each block comes this much later, ms. */
  delayBlocks(milliseconds: number): void {
    this.#delay = milliseconds
  }

  /** Resolves when the next block may be made: after its delay, and with a quorum of orderers. */
  async beforeBlock(): Promise<void> {
    if (this.#delay > 0) await wait(this.#delay)
    while (this.#up() < quorumOf(this.orderers.length)) {
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve)
      })
    }
  }

  isUp(index: number): boolean {
    return this.orderers[index]?.isUp ?? true
  }

  /** What one orderer's own endpoint does with a transaction. */
  endpoint(index: number, broadcast: Broadcast): Broadcast {
    return (envelope) => this.#ask(this.orderers[index], () => broadcast(envelope))
  }

  /** What a gateway does on a BFT channel: asks all orderers, and is content with a quorum. */
  everyone(broadcast: Broadcast): Broadcast {
    return async (envelope) => {
      if (this.orderers.every(({ isUp, currentAnswer }) => isUp && !currentAnswer)) {
        return this.#withAddresses(await broadcast(envelope))
      }
      // Whoever takes it hands it to all: it is ordered once.
      let taken: Promise<BroadcastAnswer> | undefined
      const take = () => (taken ??= broadcast(envelope))
      return this.#quorum(this.orderers.map((one) => this.#ask(one, take)))
    }
  }

  /** Ends every fault that could hold up what is queued. */
  calm(): void {
    this.#delay = 0
    for (const orderer of this.orderers) {
      orderer.answer()
      orderer.revive()
    }
  }

  #up(): number {
    return this.orderers.filter(({ isUp }) => isUp).length
  }

  async #ask(orderer: OrdererCondition | undefined, take: () => Promise<BroadcastAnswer>): Promise<BroadcastAnswer> {
    if (!orderer) return take()
    const { address, mspId, isUp, currentAnswer: answer } = orderer
    const said = (status: number, info: string, message: string): BroadcastAnswer => ({
      ...{ status, info },
      details: [{ address, mspId, message }],
    })
    if (!isUp) return said(SERVICE_UNAVAILABLE, '', unreachable(address))
    const isHonest = answer?.forget !== true && (answer?.status === undefined || answer.take === true)
    const truth = isHonest ? await take() : { status: SUCCESS, info: '', details: [] }
    if (answer?.delay !== undefined) await wait(answer.delay)
    const { status: name, info = '' } = answer ?? {}
    if (name !== undefined) return said(common.Status[name], info, unsuccessful(name, info))
    if (truth.status === SUCCESS) return truth
    return said(truth.status, truth.info, unsuccessful(nameOf(truth.status), truth.info))
  }

  /** As soon as enough have acknowledged, or too many have not. */
  #quorum(asked: readonly Promise<BroadcastAnswer>[]): Promise<BroadcastAnswer> {
    const quorum = quorumOf(asked.length)
    const details: ErrorDetail[] = []
    let successes = 0
    return new Promise((resolve, reject) => {
      for (const one of asked) {
        one.then((answer) => {
          const isTaken =
            answer.status === SUCCESS || (answer.status === SERVICE_UNAVAILABLE && answer.info === ALREADY_THERE)
          if (isTaken) successes += 1
          else details.push(...answer.details)
          if (successes >= quorum) resolve({ status: SUCCESS, info: '', details: [] })
          else if (details.length > asked.length - quorum) resolve({ ...answer, details: [...details] })
        }, reject)
      }
    })
  }

  #withAddresses(answer: BroadcastAnswer): BroadcastAnswer {
    if (answer.status === SUCCESS) return answer
    const message = unsuccessful(nameOf(answer.status), answer.info)
    return { ...answer, details: this.orderers.map(({ address, mspId }) => ({ address, mspId, message })) }
  }
}

function unsuccessful(status: string, info: string): string {
  return `received unsuccessful response from orderer: status=${status}, info=${info}`
}

function nameOf(status: number): string {
  return Object.entries(common.Status).find(([, value]) => value === status)?.[0] ?? String(status)
}
