import { CaCode, CaError } from './errors.js'

/** How many may wait: behind them a flood is turned away, rather than kept in memory. */
const MOST_WAITING = 64

/** Lets one piece of work run at a time, in the order of arrival. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve()
  #waiting = 0

  /** @throws CaError unknown with status 503 when too many wait; whatever the work throws */
  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.#waiting >= MOST_WAITING) {
      throw new CaError(503, CaCode.unknown, 'The CA has too many requests to answer; try again in a moment')
    }
    this.#waiting += 1
    const turn = this.#last.then(work).finally(() => {
      this.#waiting -= 1
    })
    this.#last = turn.catch(() => undefined)
    return turn
  }
}
