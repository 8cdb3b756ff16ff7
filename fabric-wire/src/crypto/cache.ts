/** A bounded cache that forgets what was used longest ago: entries come from outside, so it may not grow without end. */
export class Cache<T> {
  private readonly entries = new Map<string, { readonly value: T }>()

  constructor(private readonly capacity: number) {}

  /** The value of a key, made on first use. What `make` throws is not kept. */
  get(key: string, make: () => T): T {
    let entry = this.entries.get(key)
    if (entry === undefined) {
      entry = { value: make() }
      if (this.entries.size >= this.capacity) {
        const oldest = this.entries.keys().next()
        if (!oldest.done) this.entries.delete(oldest.value)
      }
    } else this.entries.delete(key) // set again below, so that it is the youngest
    this.entries.set(key, entry)
    return entry.value
  }
}
