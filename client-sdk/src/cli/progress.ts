import type { Writable } from 'node:stream'

const quietMilliseconds = 2_000
const redrawMilliseconds = 200

/** How far it is: `[######------] 512 / 1024`. */
export function bar(done: number, total: number, width = 24): string {
  const full = total === 0 ? width : Math.floor((done / total) * width)
  return `[${'#'.repeat(full)}${'-'.repeat(width - full)}] ${done} / ${total}`
}

/** One line on a terminal that says what takes long. Silent for the first two seconds, and where nobody looks. */
export class Progress {
  readonly #out: Writable & { isTTY?: boolean }
  #since = Date.now()
  #text = ''
  #drawn = 0
  #timer: NodeJS.Timeout | undefined

  constructor(out: Writable & { isTTY?: boolean }) {
    this.#out = out
  }

  /** Says what is being done. */
  show(text: string): void {
    this.#text = text
    if (this.#out.isTTY !== true || this.#timer !== undefined) return
    this.#since = Date.now()
    this.#timer = setInterval(() => this.#draw(), redrawMilliseconds)
    this.#timer.unref()
  }

  /** Takes the line away. */
  done(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
    if (this.#drawn > 0) this.#out.write('\r\u001b[K')
    this.#drawn = 0
  }

  #draw(): void {
    const seconds = Math.floor((Date.now() - this.#since) / 1000)
    if (seconds * 1000 < quietMilliseconds) return
    this.#drawn++
    this.#out.write(`\r\u001b[K${this.#text} ${seconds} s`)
  }
}
