/**
 * Snappy's raw format, decompressed. LevelDB compresses a table's index, and only the index says where its blocks are.
 *
 * @throws RangeError where the bytes are no such format
 */
export function uncompress(input: Uint8Array): Uint8Array {
  let at = 0
  const byte = (): number => {
    const value = input[at++]
    if (value === undefined) throw new RangeError('compressed bytes end early')
    return value
  }
  const littleEndian = (count: number): number => {
    let value = 0
    for (let i = 0; i < count; i++) value += byte() * 2 ** (8 * i)
    return value
  }

  const size = readVarint(byte)
  if (size > 64 * input.length + 64) throw new RangeError('compressed bytes claim an impossible size')
  const output = new Uint8Array(size)
  let written = 0
  while (at < input.length) {
    const tag = byte()
    if ((tag & 3) === 0) {
      const short = tag >>> 2
      const length = (short < 60 ? short : littleEndian(short - 59)) + 1
      if (at + length > input.length || written + length > size) throw new RangeError('a literal overruns')
      output.set(input.subarray(at, at + length), written)
      at += length
      written += length
      continue
    }
    const near = (tag & 3) === 1
    const length = near ? ((tag >>> 2) & 7) + 4 : (tag >>> 2) + 1
    const distance = near ? ((tag >>> 5) << 8) + byte() : littleEndian((tag & 3) === 2 ? 2 : 4)
    if (distance === 0 || distance > written || written + length > size) throw new RangeError('a copy overruns')
    // A copy may reach into what it writes, so it goes byte by byte.
    for (let i = 0; i < length; i++, written++) output[written] = output[written - distance] as number
  }
  if (written !== size) throw new RangeError('compressed bytes end early')
  return output
}

/** A base-128 number of at most 32 bits, least significant group first. */
export function readVarint(byte: () => number): number {
  let value = 0
  for (let shift = 0; shift < 35; shift += 7) {
    const next = byte()
    value += (next & 0x7f) * 2 ** shift
    if (next < 0x80) return value
  }
  throw new RangeError('a number is too long')
}
