/**
 * The chaincode that the client's proposal names, out of the channel header's extension
 * (protos.ChaincodeHeaderExtension, field 2: ChaincodeID; its field 2: name). A chaincode that another one calls learns in
 * no other way who called it.
 */
export function calledChaincode(extension: Uint8Array): string {
  return Buffer.from(lastField(lastField(extension, 2), 2)).toString()
}

const LENGTH_DELIMITED = 2

/** The last field of this number: what protobuf takes of a repeated one, too. */
function lastField(bytes: Uint8Array, number: number): Uint8Array {
  let found = new Uint8Array()
  let at = 0
  const varint = (): number => {
    let value = 0
    for (let shift = 0; shift < 32; shift += 7) {
      const byte = bytes[at++]
      if (byte === undefined) break
      value += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) return value
    }
    throw new RangeError('Not a header extension')
  }
  while (at < bytes.length) {
    const tag = varint()
    if ((tag & 7) !== LENGTH_DELIMITED) throw new RangeError('Not a header extension')
    const length = varint()
    const value = bytes.slice(at, at + length)
    if (value.length !== length) throw new RangeError('Not a header extension')
    if (tag >> 3 === number) found = value
    at += length
  }
  return found
}
