import { ByteReader } from './byte-reader.js'

/**
 * Snappy's raw format, decompressed. LevelDB compresses a table's index, and only the index says where its blocks are.
 *
 * @throws RangeError where the bytes are no such format
 */
export function uncompress(input: Uint8Array): Uint8Array {
  const reader = new ByteReader(input)
  const size = reader.varint()
  if (size > 64 * input.length + 64) throw new RangeError('compressed bytes claim an impossible size')
  const output = new Uint8Array(size)
  let written = 0
  while (!reader.atEnd) {
    const tag = reader.byte()
    if ((tag & 3) === 0) {
      const short = tag >>> 2
      const literal = reader.take((short < 60 ? short : reader.littleEndian(short - 59)) + 1)
      if (written + literal.length > size) throw new RangeError('a literal overruns')
      output.set(literal, written)
      written += literal.length
      continue
    }
    const near = (tag & 3) === 1
    const length = near ? ((tag >>> 2) & 7) + 4 : (tag >>> 2) + 1
    const distance = near ? ((tag >>> 5) << 8) + reader.byte() : reader.littleEndian((tag & 3) === 2 ? 2 : 4)
    if (distance === 0 || distance > written || written + length > size) throw new RangeError('a copy overruns')
    // A copy may reach into what it writes, so it goes byte by byte.
    for (let i = 0; i < length; i++, written++) output[written] = output[written - distance] as number
  }
  if (written !== size) throw new RangeError('compressed bytes end early')
  return output
}
