/**
 * Lets at most `limit` calls run at once; the rest wait in order of arrival. A Fabric peer's gateway refuses more than
 * 500 concurrent requests, so whoever shares a peer must stay below that.
 */
export class Semaphore {
  readonly limit: number
  #running = 0
  // A Set keeps the order of arrival and lets a waiter that gave up leave in constant time.
  readonly #waiting = new Set<() => void>()

  /** @param limit - calls at once, a whole number from 1. */
  constructor(limit: number) {
    if (!Number.isSafeInteger(limit) || limit < 1) throw new RangeError(`limit must be a whole number from 1: ${limit}`)
    this.limit = limit
  }

  /** Calls that run now. */
  get running(): number {
    return this.#running
  }

  /** Calls that wait for room. */
  get waiting(): number {
    return this.#waiting.size
  }

  /**
   * Runs `task` as soon as there is room.
   *
   * @throws the signal's reason where it is aborted while waiting; `task` is not started then.
   */
  async run<T>(task: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    signal?.throwIfAborted()
    if (this.#running < this.limit) this.#running++
    else await this.#turn(signal)
    try {
      return await task()
    } finally {
      this.#leave()
    }
  }

  #turn(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const start = () => {
        signal?.removeEventListener('abort', giveUp)
        resolve()
      }
      const giveUp = () => {
        this.#waiting.delete(start)
        reject(signal?.reason as Error)
      }
      this.#waiting.add(start)
      signal?.addEventListener('abort', giveUp, { once: true })
    })
  }

  /** Hands the place to the first in the queue, so that a newcomer can't overtake it. */
  #leave(): void {
    const [next] = this.#waiting
    if (next === undefined) {
      this.#running--
      return
    }
    this.#waiting.delete(next)
    next()
  }
}
