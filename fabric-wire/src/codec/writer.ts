const INITIAL = 16 * 1024
const KEEP = 1024 * 1024
const TWO_32 = 0x1_0000_0000

/**
 * Writes backwards, from the end of a buffer that grows: a length prefix is then known when it is due, and no second pass
 * measures anything.
 */
export class Writer {
  private buffer = new Uint8Array(INITIAL)
  private start = INITIAL

  /** Bytes written so far. */
  get length(): number {
    return this.buffer.length - this.start
  }

  reset(): void {
    if (this.buffer.length > KEEP) this.buffer = new Uint8Array(INITIAL)
    this.start = this.buffer.length
  }

  /** A copy of what was written. */
  take(): Uint8Array {
    return this.buffer.slice(this.start)
  }

  bytes(bytes: Uint8Array): void {
    this.reserve(bytes.length)
    this.start -= bytes.length
    this.buffer.set(bytes, this.start)
  }

  /** Writes ASCII; gives false, with nothing written, for any other text. */
  ascii(text: string): boolean {
    this.reserve(text.length)
    const { buffer } = this
    let at = this.start
    for (let i = text.length - 1; i >= 0; i--) {
      const unit = text.charCodeAt(i)
      if (unit > 0x7f) return false
      buffer[--at] = unit
    }
    this.start = at
    return true
  }

  /** A varint of a safe integer; a negative one takes ten bytes. */
  varint(value: number): void {
    this.reserve(10)
    if (value >= 0 && value < 0x80) {
      this.buffer[--this.start] = value
      return
    }
    const lo = value >>> 0
    const hi = Math.floor(value / TWO_32) >>> 0
    const size = sizeOf(lo, hi)
    this.start -= size
    let low = lo
    let high = hi
    for (let i = 0; i < size; i++) {
      this.buffer[this.start + i] = (low & 0x7f) | (i === size - 1 ? 0 : 0x80)
      low = ((low >>> 7) | (high << 25)) >>> 0
      high >>>= 7
    }
  }

  private reserve(count: number): void {
    if (count <= this.start) return
    const used = this.length
    let size = this.buffer.length * 2
    while (size - used < count) size *= 2
    const next = new Uint8Array(size)
    next.set(this.buffer.subarray(this.start), size - used)
    this.buffer = next
    this.start = size - used
  }
}

function sizeOf(lo: number, hi: number): number {
  if (hi === 0) return lo < 0x80 ? 1 : lo < 0x4000 ? 2 : lo < 0x20_0000 ? 3 : lo < 0x1000_0000 ? 4 : 5
  const bits = 64 - Math.clz32(hi)
  return Math.ceil(bits / 7)
}
