import { expect } from 'chai'
import fc from 'fast-check'
import {
  ChaincodeID,
  ChannelHeader,
  ChaincodeProposalPayload,
  ConfigGroup,
  Envelope,
  KVRWSet,
  SignaturePolicy,
  StateData,
  TransactionAction,
  TxReadWriteSet,
  WireError,
  bytes,
  decode,
  decodeLoose,
  encode,
  fromHex,
  int32,
  message,
  string,
  toHex,
  type Message,
  type WireErrorCode,
} from '../../src/index.js'
import { messageOf } from '../support/arbitrary.js'
import { messageTypes } from '../support/fabric-protos.js'
import { fixture } from '../support/fixtures.js'
import { WireBlock } from '../../src/index.js'

function codeOf(action: () => unknown): WireErrorCode | undefined {
  try {
    action()
  } catch (error) {
    if (error instanceof WireError) return error.code
    throw error
  }
  return undefined
}

/** Strict decoding either refuses, or what it gives encodes to the very same bytes. */
function expectExact(type: Message<unknown>, input: Uint8Array): void {
  let value: unknown
  try {
    value = decode(type, input)
  } catch (error) {
    if (error instanceof WireError) return
    throw error
  }
  expect(toHex(encode(type, value as Record<string, never>))).to.equal(toHex(input))
}

const mutation = fc.record({
  at: fc.nat(100_000),
  kind: fc.constantFrom('flip', 'set', 'insert', 'remove', 'double', 'append'),
  byte: fc.nat(255),
})

function mutate(input: Uint8Array, { at, kind, byte }: { at: number; kind: string; byte: number }): Uint8Array {
  const copy = [...input]
  const place = copy.length === 0 ? 0 : at % copy.length
  if (kind === 'flip') copy[place] = (copy[place] ?? 0) ^ (1 << (byte % 8))
  else if (kind === 'set') copy[place] = byte
  else if (kind === 'insert') copy.splice(place, 0, byte)
  else if (kind === 'remove') copy.splice(place, 1)
  else if (kind === 'double') copy.push(...copy.slice(0, place))
  else copy.push(byte)
  return Uint8Array.from(copy)
}

describe('strict decoding', () => {
  it('gives back the same bytes for every value of every message', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...messageTypes).chain((type) => messageOf(type).map((value) => ({ type, value }))),
        ({ type, value }) => {
          const encoded = encode(type, value as Record<string, never>)
          expect(decode(type, encoded)).to.deep.equal(value)
        },
      ),
      { numRuns: 1000 },
    )
  })

  it('refuses a mutation, or takes it for exactly what it is', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...messageTypes).chain((type) => messageOf(type).map((value) => ({ type, value }))),
        fc.array(mutation, { minLength: 1, maxLength: 3 }),
        ({ type, value }, mutations) => {
          expectExact(type, mutations.reduce(mutate, encode(type, value as Record<string, never>)))
        },
      ),
      { numRuns: 3000 },
    )
  })

  it('refuses random bytes, or takes them for exactly what they are', () => {
    fc.assert(fc.property(fc.constantFrom(...messageTypes), fc.uint8Array({ maxLength: 30 }), expectExact), {
      numRuns: 3000,
    })
  })

  it('holds for mutations of a real block', () => {
    const block = fixture('chain/blocks/5.block')
    fc.assert(
      fc.property(mutation, (one) => expectExact(WireBlock, mutate(block, one))),
      { numRuns: 500 },
    )
  })

  const refused: [string, Message<unknown>, string][] = [
    ['an unknown field', Envelope, '1a0161'],
    ['a repeated singular field', Envelope, '0a01610a0162'],
    ['fields out of order', Envelope, '1201620a0161'],
    ['a wrong wire type', Envelope, '0801'],
    ['a default value written', Envelope, '0a00'],
    ['a zero written', ChannelHeader, '0800'],
    ['a longer varint than needed', ChannelHeader, '088100'],
    ['a longer tag than needed', Envelope, '8a000161'],
    ['a longer length than needed', Envelope, '0a810061'],
    ['a field cut off', Envelope, '0a0561'],
    ['a lone tag', Envelope, '0a'],
    ['field number 0', Envelope, '020161'],
    ['a group', Envelope, '0b0c'],
    ['text that is not UTF-8', ChannelHeader, '2202c328'],
    ['an encoded surrogate', ChannelHeader, '2203eda080'],
    ['an int32 of 33 bits', ChannelHeader, '088080808010'],
    ['a negative int32 in five bytes', ChannelHeader, '08ffffffff0f'],
    ['a varint of more than 64 bits', ChannelHeader, '30ffffffffffffffffff02'],
    ['two members of a oneof', SignaturePolicy, '08001200'],
    ['a map with its keys unsorted', ChaincodeProposalPayload, '12060a016212016112060a0161120161'],
    ['a map with a key twice', ChaincodeProposalPayload, '12060a016112016112060a0161120162'],
    ['a map entry without its key', ChaincodeProposalPayload, '1203120161'],
    ['a map entry without its value', ChaincodeProposalPayload, '12030a0161'],
    ['a map entry with its value first', ChaincodeProposalPayload, '12061201610a0161'],
    ['a true that is 2', KVRWSet, '1a021002'],
    ['an unknown field in a nested message', TxReadWriteSet, '12032201aa'],
  ]
  for (const [what, type, hex] of refused) {
    it(`refuses ${what}`, () => {
      expect(codeOf(() => decode(type, fromHex(hex)))).to.equal('MALFORMED')
    })
  }

  it('refuses numbers beyond the safe integers with a code of their own', () => {
    expect(codeOf(() => decode(ChannelHeader, fromHex('3080808080808080 10'.replace(' ', ''))))).to.equal(
      'OUT_OF_RANGE',
    )
    expect(decode(ChannelHeader, fromHex('30ffffffffffffff0f')).epoch).to.equal(Number.MAX_SAFE_INTEGER)
  })

  it('refuses nesting that would exhaust the stack', () => {
    let deep = new Uint8Array([8, 0])
    for (let i = 0; i < 400; i++)
      deep = Uint8Array.from([
        0x12,
        ...length(deep.length + 1 + length(deep.length).length),
        0x12,
        ...length(deep.length),
        ...deep,
      ])
    expect(codeOf(() => decode(SignaturePolicy, deep))).to.equal('MALFORMED')
    let policy: SignaturePolicy = { signedBy: 0, nOutOf: undefined }
    for (let i = 0; i < 400; i++) policy = { signedBy: undefined, nOutOf: { n: 1, rules: [policy] } }
    expect(codeOf(() => encode(SignaturePolicy, policy))).to.equal('OUT_OF_RANGE')
  })

  it('keeps a byte order mark, which a decoder might swallow', () => {
    const header = encode(ChannelHeader, { channelId: '\ufeffa' })
    expect(decode(ChannelHeader, header).channelId).to.equal('\ufeffa')
  })

  it('gives plain views of a Buffer', () => {
    const { payload } = decode(Envelope, Buffer.from('0a03616263', 'hex'))
    expect(payload.constructor).to.equal(Uint8Array)
    expect(toHex(payload)).to.equal('616263')
  })
})

describe('encoding', () => {
  it('writes the member of a oneof at its default too', () => {
    expect(toHex(encode(SignaturePolicy, { signedBy: 0 }))).to.equal('0800')
    expect(toHex(encode(StateData, { bytes: new Uint8Array(0) }))).to.equal('1200')
    expect(decode(SignaturePolicy, fromHex('0800'))).to.deep.equal({ signedBy: 0, nOutOf: undefined })
  })

  it('sorts map keys by their bytes in UTF-8, where UTF-16 would order them otherwise', () => {
    const transientMap = new Map(['\u{1F600}', '\uffee', 'b', '', 'a'].map((key) => [key, new Uint8Array(0)]))
    const bytesOfMap = encode(ChaincodeProposalPayload, { transientMap })
    const keys = [...decode(ChaincodeProposalPayload, bytesOfMap).transientMap.keys()]
    expect(keys).to.deep.equal(['', 'a', 'b', '\uffee', '\u{1F600}'])
  })

  it('refuses what has no encoding', () => {
    const Sample = message('Sample', { text: string(1), count: int32(2), raw: bytes(3) })
    expect(codeOf(() => encode(Sample, { text: 'a\ud800' }))).to.equal('OUT_OF_RANGE')
    expect(codeOf(() => encode(Sample, { count: 1.5 }))).to.equal('OUT_OF_RANGE')
    expect(codeOf(() => encode(Sample, { count: 2 ** 31 }))).to.equal('OUT_OF_RANGE')
    expect(codeOf(() => encode(ChannelHeader, { epoch: 2 ** 53 }))).to.equal('OUT_OF_RANGE')
    expect(codeOf(() => encode(ChannelHeader, { epoch: -1 }))).to.equal('OUT_OF_RANGE')
    expect(codeOf(() => encode(SignaturePolicy, { signedBy: 1, nOutOf: { n: 1 } }))).to.equal('OUT_OF_RANGE')
  })

  it('grows for large content and is sound afterwards', () => {
    const payload = new Uint8Array(3_000_000).fill(7)
    const large = encode(Envelope, { payload, signature: Uint8Array.of(1) })
    expect(decode(Envelope, large).payload.length).to.equal(payload.length)
    expect(toHex(encode(Envelope, { signature: Uint8Array.of(1) }))).to.equal('120101')
  })
})

describe('loose decoding', () => {
  it('does as Go: skips the unknown, takes the last, merges messages, in any order', () => {
    const parts = [
      encode(TransactionAction, { payload: Uint8Array.of(2) }),
      fromHex('9a06026162'), // field 99
      encode(TransactionAction, { header: Uint8Array.of(9) }),
      encode(TransactionAction, { header: Uint8Array.of(1) }),
    ]
    expect(decodeLoose(TransactionAction, Buffer.concat(parts))).to.deep.equal({
      header: Uint8Array.of(1),
      payload: Uint8Array.of(2),
    })
    const group = Buffer.concat([
      encode(ConfigGroup, { groups: new Map([['b', { version: 1 }]]) }),
      encode(ConfigGroup, { groups: new Map([['a', { version: 2 }]]) }),
    ])
    expect(codeOf(() => decode(ConfigGroup, group))).to.equal('MALFORMED')
    expect([...decodeLoose(ConfigGroup, group).groups.keys()]).to.deep.equal(['b', 'a'])
    const merged = Buffer.concat([
      encode(ChannelHeader, { timestamp: { seconds: 5 } }),
      encode(ChannelHeader, { timestamp: { nanos: 6 } }),
    ])
    expect(decodeLoose(ChannelHeader, merged).timestamp).to.deep.equal({ seconds: 5, nanos: 6 })
  })

  it('passes over groups, nested ones too, and refuses those that end wrongly', () => {
    const name = fromHex('0a0161')
    const around = (group: string): Uint8Array => Buffer.concat([fromHex(group), name])
    for (const group of ['9b069c06', '9b0608019c06', '9b06a306120301020 3a4069c06'.replace(' ', '')]) {
      expect(decodeLoose(ChaincodeID, around(group)).path, group).to.equal('a')
    }
    for (const group of ['9b06a406', '9b06', '9c06', '9b06a3069c06a406']) {
      expect(
        codeOf(() => decodeLoose(ChaincodeID, around(group))),
        group,
      ).to.equal('MALFORMED')
    }
  })

  it('takes any 64-bit number, for whoever signs one may not be refused where Fabric takes it', () => {
    expect(decodeLoose(ChannelHeader, fromHex('30ffffffffffffffffff01')).epoch).to.equal(2 ** 64)
    expect(decodeLoose(ChannelHeader, fromHex('1a0b08ffffffffffffffffff01')).timestamp?.seconds).to.equal(-1)
  })

  it('lets the last member of a oneof win', () => {
    expect(decodeLoose(SignaturePolicy, fromHex('12020801 0803'.replace(' ', '')))).to.deep.equal({
      signedBy: 3,
      nOutOf: undefined,
    })
  })

  it('never fails in another way than by WireError', () => {
    fc.assert(
      fc.property(fc.constantFrom(...messageTypes), fc.uint8Array({ maxLength: 40 }), (type, input) => {
        codeOf(() => decodeLoose(type, input))
      }),
      { numRuns: 3000 },
    )
  })
})

/** A length prefix. */
function length(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...length(value >>> 7)]
}
