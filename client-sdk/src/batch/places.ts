/**
 * The places of work under way and of results that nobody has taken yet, a bounded number together: that bounds memory, and
 * holds the source back where the chain or the taker is slow.
 */
export class Places<T> {
  readonly #most: number
  readonly #ordered: boolean
  /** Under way or ended and not taken, oldest first. */
  readonly #held = new Map<number, { result?: T }>()
  readonly #running = new Set<Promise<void>>()
  readonly #waiters = new Set<() => void>()
  #next = 0
  #ended = false
  #stopped = false
  #failure: { readonly error: unknown } | undefined

  constructor(most: number, ordered: boolean) {
    this.#most = most
    this.#ordered = ordered
  }

  /** Something failed, or nobody takes any more: nothing new should be begun. */
  get stopped(): boolean {
    return this.#stopped || this.#failure !== undefined
  }

  /** Resolves when one more may be put, or when it is all over. */
  async room(): Promise<void> {
    while (this.#held.size >= this.#most && !this.stopped) await this.#change()
  }

  put(work: Promise<T>): void {
    const number = this.#next++
    const place: { result?: T } = {}
    this.#held.set(number, place)
    const running = work
      .then(
        (result) => void (place.result = result),
        (error: unknown) => {
          this.#held.delete(number)
          this.#failure ??= { error }
        },
      )
      .finally(() => {
        this.#running.delete(running)
        this.#wake()
      })
    this.#running.add(running)
  }

  /** No more will be put. */
  end(error?: unknown): void {
    this.#ended = true
    if (error !== undefined) this.#failure ??= { error }
    this.#wake()
  }

  /** Nobody takes any more. */
  stop(): void {
    this.#stopped = true
    this.#wake()
  }

  /** Resolves when nothing runs any more. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running)
  }

  /**
   * The results, each place free again when the next one is asked for. A failure is thrown at the end, after everything that
   * succeeded beside it was given.
   */
  async *take(): AsyncGenerator<T, void, void> {
    for (;;) {
      const ready = this.#ready()
      if (ready !== undefined) {
        yield this.#held.get(ready)?.result as T
        this.#held.delete(ready)
        this.#wake()
      } else if (this.#held.size === 0 && (this.#ended || (this.stopped && this.#running.size === 0))) {
        break
      } else {
        await this.#change()
      }
    }
    if (this.#failure !== undefined) throw this.#failure.error
  }

  #ready(): number | undefined {
    for (const [number, place] of this.#held) {
      if (place.result !== undefined) return number
      if (this.#ordered) return undefined
    }
    return undefined
  }

  #change(): Promise<void> {
    return new Promise((resolve) => this.#waiters.add(resolve))
  }

  #wake(): void {
    const waiters = [...this.#waiters]
    this.#waiters.clear()
    for (const wake of waiters) wake()
  }
}
