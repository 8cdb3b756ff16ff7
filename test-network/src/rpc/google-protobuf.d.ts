/** The little of it that is used here; the package has no types. */
declare module 'google-protobuf' {
  export interface BinaryReader {
    getBuffer(): Uint8Array
    /** Where the next read begins. */
    getCursor(): number
    readMessage(message: unknown, read: (message: unknown, reader: BinaryReader) => unknown): void
  }
  const protobuf: { BinaryReader: { prototype: BinaryReader } }
  export default protobuf
}
