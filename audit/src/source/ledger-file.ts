import { encodeBlock, WireError } from '@caizheng/fabric-wire'

/*
 * A peer's and an orderer's own files, `blockfile_000000` and so on: each block behind its length, in Fabric's own layout
 * (`common/ledger/blkstorage`): number, data hash, previous hash; the envelopes; the metadata. Numbers are varints, bytes
 * stand behind their length.
 */

/** The blocks of one of a node's block files, each as `common.Block`; one that was cut short while it was copied is left out. */
export function* blocksOfLedgerFile(file: Uint8Array): Generator<Uint8Array> {
  const whole = new Cursor(file)
  while (whole.left > 0) {
    const start = whole.at
    let record: Uint8Array
    try {
      record = whole.bytes()
    } catch (error) {
      if (error instanceof WireError && start > 0) return
      throw error
    }
    if (record.length === 0) return
    yield blockOf(new Cursor(record))
  }
}

function blockOf(record: Cursor): Uint8Array {
  const number = record.number()
  const dataHash = record.bytes()
  const previousHash = record.bytes()
  const data = record.list()
  const metadata = record.list()
  return encodeBlock({ header: { number, previousHash, dataHash }, data, metadata })
}

class Cursor {
  at = 0
  constructor(private readonly from: Uint8Array) {}

  get left(): number {
    return this.from.length - this.at
  }

  number(): number {
    let value = 0
    for (let factor = 1; factor <= 2 ** 49; factor *= 128) {
      const byte = this.from[this.at++]
      if (byte === undefined) break
      value += (byte & 0x7f) * factor
      if (byte < 0x80) return value
    }
    throw new WireError('MALFORMED', 'a block file that ends within a number')
  }

  bytes(): Uint8Array {
    const length = this.number()
    if (length > this.left) throw new WireError('MALFORMED', 'a block file that ends within a block')
    const found = this.from.subarray(this.at, this.at + length)
    this.at += length
    return found
  }

  list(): Uint8Array[] {
    const count = this.number()
    if (count > this.left) throw new WireError('MALFORMED', 'a block of more parts than bytes')
    return Array.from({ length: count }, () => this.bytes())
  }
}
