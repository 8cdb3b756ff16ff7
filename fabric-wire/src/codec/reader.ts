import { WireError } from '../errors.js'

function malformed(reason: string): never {
  throw new WireError('MALFORMED', reason)
}

/** A position in a buffer. A varint's two halves are left in `lo` and `hi`, so that reading one allocates nothing. */
export class Reader {
  position = 0
  lo = 0
  hi = 0

  constructor(
    readonly bytes: Uint8Array,
    /** Whether a varint must be the shortest one of its value. */
    readonly strict: boolean,
  ) {}

  varint(end: number): void {
    const bytes = this.bytes
    let position = this.position
    let lo = 0
    let hi = 0
    for (let index = 0; index < 10; index++) {
      if (position >= end) malformed('a varint is cut off')
      const byte = bytes[position++] ?? 0
      const bits = byte & 0x7f
      if (index < 4) lo |= bits << (7 * index)
      else if (index === 4) {
        lo |= bits << 28
        hi = bits >>> 4
      } else hi |= bits << (7 * index - 32)
      if (byte < 0x80) {
        if (index === 9 && byte > 1) malformed('a varint exceeds 64 bits')
        if (this.strict && byte === 0 && index > 0) malformed('a varint is longer than it needs to be')
        this.position = position
        this.lo = lo >>> 0
        this.hi = hi >>> 0
        return
      }
    }
    malformed('a varint exceeds ten bytes')
  }

  /** A tag; field numbers are 1 to 2^29 - 1. */
  tag(end: number): number {
    const byte = this.bytes[this.position] ?? 0x80
    if (byte < 0x80 && this.position < end) {
      this.position++
      if (byte < 8) malformed('field number 0')
      return byte
    }
    this.varint(end)
    if (this.hi !== 0 || this.lo < 8) malformed('a field number is out of range')
    return this.lo
  }

  /** A length prefix; gives where the content ends. */
  length(end: number): number {
    const byte = this.bytes[this.position] ?? 0x80
    if (byte < 0x80 && this.position < end) {
      this.position++
      this.lo = byte
    } else {
      this.varint(end)
      if (this.hi !== 0) malformed('a length exceeds its message')
    }
    const stop = this.position + this.lo
    if (stop > end) malformed('a length exceeds its message')
    return stop
  }

  /** Passes over an unknown field with everything in it. */
  skip(tag: number, end: number): void {
    const wire = tag & 7
    switch (wire) {
      case 0:
        this.varint(end)
        return
      case 1:
        this.position += 8
        break
      case 2:
        this.position = this.length(end)
        break
      case 3:
        this.skipGroup(tag >>> 3, end)
        break
      case 5:
        this.position += 4
        break
      default:
        malformed(`wire type ${wire}`)
    }
    if (this.position > end) malformed('a field is cut off')
  }

  /** Groups are gone from proto3, but every reader of protobuf passes over those that it meets. */
  private skipGroup(number: number, end: number): void {
    const open = [number]
    while (open.length > 0) {
      const tag = this.tag(end)
      if ((tag & 7) === 3) open.push(tag >>> 3)
      else if ((tag & 7) !== 4) this.skip(tag, end)
      else if (open.pop() !== tag >>> 3) malformed('a group ends that was not begun')
    }
  }
}
