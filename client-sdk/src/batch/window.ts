import type { AnchoredWindow } from './outcome.js'
import type { Places } from './places.js'

/** Collects what comes until it is full or its time is over; while there is no room to go to, it stays open. */
export class Window<T> {
  readonly #size: number
  readonly #milliseconds: number
  readonly #places: Places<AnchoredWindow>
  readonly #send: (items: (T | Promise<T>)[]) => Promise<AnchoredWindow>
  #items: (T | Promise<T>)[] = []
  #timer: NodeJS.Timeout | undefined

  constructor(
    size: number,
    milliseconds: number,
    places: Places<AnchoredWindow>,
    send: (items: (T | Promise<T>)[]) => Promise<AnchoredWindow>,
  ) {
    this.#size = size
    this.#milliseconds = milliseconds
    this.#places = places
    this.#send = send
  }

  /** @returns whether it is full: close it before the next is added. */
  add(item: T | Promise<T>): boolean {
    this.#items.push(item)
    if (this.#items.length === 1) this.#timer = setTimeout(() => void this.#due(), this.#milliseconds)
    return this.#items.length >= this.#size
  }

  /** Sends what is there as soon as there is room. */
  async close(): Promise<void> {
    if (this.#items.length === 0) return
    await this.#places.room()
    this.#sendNow()
  }

  /** Forgets what is there. */
  cancel(): void {
    clearTimeout(this.#timer)
    this.#items = []
  }

  async #due(): Promise<void> {
    const items = this.#items
    await this.#places.room()
    // Meanwhile it may have been sent because it was full.
    if (this.#items === items) this.#sendNow()
  }

  #sendNow(): void {
    clearTimeout(this.#timer)
    const items = this.#items
    if (items.length === 0 || this.#places.stopped) return
    this.#items = []
    this.#places.put(this.#send(items))
  }
}
