/** Reads LevelDB's varints one after the other. Running off the end throws a `RangeError`. */
export class ByteReader {
  private at = 0

  constructor(private readonly bytes: Uint8Array) {}

  get position(): number {
    return this.at
  }

  get atEnd(): boolean {
    return this.at >= this.bytes.length
  }

  byte(): number {
    const value = this.bytes[this.at++]
    if (value === undefined) throw new RangeError('the bytes end early')
    return value
  }

  /** A base-128 number, least significant group first. */
  varint(): number {
    let value = 0
    for (let shift = 0; shift < 53; shift += 7) {
      const next = this.byte()
      value += (next & 0x7f) * 2 ** shift
      if (next < 0x80) return value
    }
    throw new RangeError('a number is too long')
  }

  littleEndian(count: number): number {
    let value = 0
    for (let i = 0; i < count; i++) value += this.byte() * 2 ** (8 * i)
    return value
  }

  take(count: number): Uint8Array {
    if (this.at + count > this.bytes.length) throw new RangeError('the bytes end early')
    return this.bytes.subarray(this.at, (this.at += count))
  }
}
