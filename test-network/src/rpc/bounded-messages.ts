import protobuf from 'google-protobuf'

/**
 * The library behind the generated classes believes the length that a nested message states, and reads on behind the end
 * of the bytes: zeros, up to four thousand million of them. One small request would stop this process for many seconds.
 * Here a nested message that is longer than what there is fails before it is read, for every class in this process.
 */
export function boundNestedMessages(): void {
  const { prototype } = protobuf.BinaryReader
  if (bounded.has(prototype)) return
  bounded.add(prototype)
  // eslint-disable-next-line @typescript-eslint/unbound-method -- it is called on the reader below
  const { readMessage } = prototype
  prototype.readMessage = function (message, read) {
    const bytes = this.getBuffer()
    const { length, size } = lengthAt(bytes, this.getCursor())
    if (this.getCursor() + size + length > bytes.length) throw new Error('a nested message is longer than its bytes')
    readMessage.call(this, message, read)
  }
}

const bounded = new WeakSet<object>()

function lengthAt(bytes: Uint8Array, at: number): { length: number; size: number } {
  let length = 0
  for (let size = 0; size < 10; size += 1) {
    const byte = bytes[at + size] ?? 0
    length += (byte & 0x7f) * 2 ** (7 * size)
    if (byte < 0x80) return { length, size: size + 1 }
  }
  return { length: Infinity, size: 10 }
}
