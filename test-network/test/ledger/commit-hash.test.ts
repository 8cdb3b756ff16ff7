import { createHash } from 'node:crypto'
import { expect } from 'chai'
import { toHex } from '@caizheng/fabric-wire'
import { commitHash } from '../../src/ledger/state/commit-hash.js'
import { PendingUpdates } from '../../src/ledger/state/pending.js'
import { versionBytes } from '../../src/ledger/state/version.js'

const bytes = (...parts: (string | number)[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'number' ? Buffer.of(part) : Buffer.from(part))))

/** One change as protobuf has it: field 1 of the list, with its length. */
const change = (body: Buffer): Buffer => bytes(0x0a, body.length, body.toString('latin1'))

describe('ledger: the commit hash', () => {
  const previous = Buffer.alloc(32, 7)
  const version = { blockNum: 5, txNum: 0 }
  const hashed = (...parts: Buffer[]): string => createHash('sha256').update(Buffer.concat(parts)).digest('hex')

  it('is taken over flags, sorted changes and the hash before', () => {
    const updates = new PendingUpdates()
    const set = (namespace: string, collection: string | undefined, key: string, value: string | undefined): void =>
      updates.set(
        { namespace, collection, key },
        { value: value === undefined ? undefined : Buffer.from(value), metadata: 'keep', version },
      )
    set('n2', 'c2', 'h1', 'v6')
    set('n2', 'c1', 'h2', undefined)
    set('n2', 'c1', 'h1', 'v4')
    set('n1', undefined, 'k2', undefined)
    set('n1', undefined, 'k1', 'v1')
    set('', undefined, 'configuration', 'of a peer')
    // namespace 0a, collection 12, key 1a, deletion 20, value 2a, version 32: block 5 as 01 05, transaction 0 as 00.
    const expected = [
      bytes(0x0a, 2, 'n1', 0x1a, 2, 'k1', 0x2a, 2, 'v1', 0x32, 3, 1, 5, 0),
      bytes(0x1a, 2, 'k2', 0x20, 1, 0x32, 3, 1, 5, 0),
      bytes(0x0a, 2, 'n2', 0x12, 2, 'c1', 0x1a, 2, 'h1', 0x2a, 2, 'v4', 0x32, 3, 1, 5, 0),
      bytes(0x1a, 2, 'h2', 0x20, 1, 0x32, 3, 1, 5, 0),
      bytes(0x12, 2, 'c2', 0x1a, 2, 'h1', 0x2a, 2, 'v6', 0x32, 3, 1, 5, 0),
    ]
    expect(toHex(commitHash(Uint8Array.of(0, 11), updates, previous))).to.equal(
      hashed(Buffer.of(2, 0, 11), ...expected.map(change), previous),
    )
  })

  it('counts the flags with a varint', () => {
    const flags = Buffer.alloc(300)
    expect(toHex(commitHash(flags, new PendingUpdates(), previous))).to.equal(
      hashed(Buffer.of(0xac, 2), flags, previous),
    )
  })

  it('writes versions with as many bytes as they need', () => {
    expect(toHex(versionBytes({ blockNum: 0, txNum: 255 }))).to.equal('0001ff')
    expect(toHex(versionBytes({ blockNum: 256, txNum: 65_536 }))).to.equal('02010003010000')
    expect(toHex(versionBytes({ blockNum: 2 ** 40, txNum: 1 }))).to.equal('060100000000000101')
  })
})
