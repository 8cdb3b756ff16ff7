import { expect } from 'chai'
import fc from 'fast-check'
import { decode, decodeLoose, encode, toHex } from '../../src/index.js'
import { messageOf } from '../support/arbitrary.js'
import { encodeWithFabricProtos, messageTypes } from '../support/fabric-protos.js'

describe('codec beside @hyperledger/fabric-protos', () => {
  it('knows many messages', () => {
    expect(messageTypes.length).to.be.greaterThan(70)
  })

  for (const type of messageTypes) {
    it(`${type.name}: encodes as fabric-protos does, and back`, () => {
      fc.assert(
        fc.property(messageOf(type, 2), (value) => {
          const bytes = encode(type, value as Record<string, never>)
          expect(toHex(bytes)).to.equal(toHex(encodeWithFabricProtos(type, value)))
          expect(decode(type, bytes)).to.deep.equal(value)
          expect(decodeLoose(type, bytes)).to.deep.equal(value)
        }),
        { numRuns: 40 },
      )
    })
  }
})
