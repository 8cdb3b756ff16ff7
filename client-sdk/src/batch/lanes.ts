/**
 * Lets one batch at a time through each lane: two at once would conflict on the chain. Who comes first gets the first lane
 * that is free.
 */
export class Lanes {
  readonly #free: string[]
  readonly #waiting: ((lane: string) => void)[] = []

  constructor(names: readonly string[]) {
    // The first name is taken first, so that little work keeps to few lanes.
    this.#free = [...names].reverse()
  }

  /** Runs `work` with a lane that nobody else has meanwhile. */
  async use<T>(work: (lane: string) => Promise<T>): Promise<T> {
    const lane = this.#free.pop() ?? (await new Promise<string>((resolve) => this.#waiting.push(resolve)))
    try {
      return await work(lane)
    } finally {
      const next = this.#waiting.shift()
      if (next === undefined) this.#free.push(lane)
      else next(lane)
    }
  }
}
