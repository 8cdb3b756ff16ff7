/** What a listener heard, in the order in which it did. */
export class Heard<T> {
  readonly all: T[] = []
  #wake: () => void = () => undefined

  readonly listener = async (event: T): Promise<void> => {
    this.all.push(event)
    this.#wake()
  }

  /** The events that fulfil the condition, once there are so many. @throws Error after twenty seconds */
  async until(count: number, wanted: (event: T) => boolean = () => true): Promise<T[]> {
    const end = Date.now() + 20_000
    for (;;) {
      const found = this.all.filter(wanted)
      if (found.length >= count) return found.slice(0, count)
      if (Date.now() > end) throw new Error(`heard ${found.length} of ${count}, and ${this.all.length} in all`)
      await new Promise<void>((resolve) => {
        this.#wake = resolve
        setTimeout(resolve, 250)
      })
    }
  }
}
