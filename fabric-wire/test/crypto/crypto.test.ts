import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { expect } from 'chai'
import fc from 'fast-check'
import * as node from '../../src/crypto/node.js'
import * as web from '../../src/crypto/web.js'
import { readSignature } from '../../src/crypto/der-signature.js'
import {
  fromHex,
  isLowS,
  readPublicKey,
  sha256,
  sm3,
  toHex,
  toLowS,
  verifyP256,
  verifyP256Async,
  type PublicKey,
} from '../../src/index.js'

const ORDER = BigInt('0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551')
const text = (value: string): Uint8Array => new TextEncoder().encode(value)

function keyPair(namedCurve = 'P-256') {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve })
  const spki = Uint8Array.from(publicKey.export({ format: 'der', type: 'spki' }))
  const key = readPublicKey(spki)
  if (key === undefined) throw new Error(`no public key on ${namedCurve}`)
  return { privateKey, spki, key }
}

function integer(value: bigint): number[] {
  const hex = value.toString(16)
  const digits = [...fromHex(hex.padStart(hex.length + (hex.length % 2), '0'))]
  if ((digits[0] ?? 0) >= 0x80) digits.unshift(0)
  return [2, digits.length, ...digits]
}

function toBigInt(digits: Uint8Array): bigint {
  return BigInt(`0x${toHex(digits)}`)
}

function signature(r: bigint, s: bigint): Uint8Array {
  const body = [...integer(r), ...integer(s)]
  return Uint8Array.of(0x30, body.length, ...body)
}

/** The other valid form of a signature. */
function highS(der: Uint8Array): Uint8Array {
  const parts = readSignature(der)
  if (parts === undefined) throw new Error('no signature')
  return signature(toBigInt(parts.r), ORDER - toBigInt(parts.s))
}

describe('hashes, in Node and in the browser alike', () => {
  const vectors = [
    [sha256, node.sha256, web.sha256, 'abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    [sm3, node.sm3, web.sm3, 'abc', '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0'],
    [sm3, node.sm3, web.sm3, 'abcd'.repeat(16), 'debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732'],
  ] as const
  for (const [ours, inNode, inBrowser, input, expected] of vectors) {
    it(`${ours.name} of ${input}`, () => {
      for (const hash of [ours, inNode, inBrowser]) expect(toHex(hash(text(input)))).to.equal(expected)
    })
  }

  it('agree on anything', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (input) => {
        expect(toHex(node.sha256(input))).to.equal(toHex(web.sha256(input)))
        expect(toHex(node.sm3(input))).to.equal(toHex(web.sm3(input)))
      }),
    )
  })

  for (const algorithm of ['sha256', 'sm3'] as const) {
    it(`takes ${algorithm} of bytes in pieces of any size as of the whole`, () => {
      const pieces = fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 8 })
      fc.assert(
        fc.property(pieces, (parts) => {
          const whole = createHash(algorithm).update(Buffer.concat(parts)).digest('hex')
          for (const { runningDigest } of [node, web]) {
            const digest = runningDigest(algorithm)
            for (const part of parts) digest.update(part)
            expect(toHex(digest.digest())).to.equal(whole)
          }
        }),
      )
    })
  }
})

describe('signatures', () => {
  const { privateKey, spki, key } = keyPair()
  const message = text('财政 document')
  const low = toLowS(sign('sha256', message, privateKey))

  function verdicts(one: PublicKey, input: Uint8Array, der: Uint8Array): boolean[] {
    return [node.verifyEcdsa(one, 'sha256', input, der), web.verifyEcdsa(one, 'sha256', input, der)]
  }

  it('verify by SubjectPublicKeyInfo, by point and by key', async () => {
    for (const form of [spki, key.point, key]) {
      expect(verifyP256(form, message, low)).to.be.true
      expect(await verifyP256Async(form, message, low)).to.be.true
      expect(verifyP256(form, text('another'), low)).to.be.false
      expect(await verifyP256Async(form, text('another'), low)).to.be.false
    }
  })

  it('in high-S are valid ECDSA and refused all the same', () => {
    const high = highS(low)
    expect(verdicts(key, message, high)).to.deep.equal([true, true])
    expect(isLowS(high)).to.be.false
    expect(verifyP256(key, message, high)).to.be.false
    expect(toHex(toLowS(high))).to.equal(toHex(low))
  })

  it('are brought to low-S and stay valid, whatever the signer gives', () => {
    for (let i = 0; i < 200; i++) {
      const input = Uint8Array.of(i)
      const der = toLowS(sign('sha256', input, privateKey))
      expect(isLowS(der)).to.be.true
      expect(verifyP256(key, input, der)).to.be.true
      expect(verdicts(key, input, der)).to.deep.equal([true, true])
    }
  })

  it('have one form only', () => {
    const parts = readSignature(low)
    if (parts === undefined) throw new Error('no signature')
    const r = [...low.subarray(2, 4 + (low[3] ?? 0))]
    const s = [...low.subarray(2 + r.length)]
    const padded = [2, (s[1] ?? 0) + 1, 0, ...s.slice(2)]
    const variants: Record<string, number[]> = {
      'a byte after the end': [...low, 0],
      'a byte inside, after s': [0x30, (low[1] ?? 0) + 1, ...r, ...s, 0],
      'a long length': [0x30, 0x81, low[1] ?? 0, ...r, ...s],
      'an indefinite length': [0x30, 0x80, ...r, ...s, 0, 0],
      'a zero too many': [0x30, r.length + padded.length, ...r, ...padded],
      'no s': [0x30, r.length, ...r],
      'a zero s': [0x30, r.length + 3, ...r, 2, 1, 0],
      'a negative s': [0x30, r.length + 3, ...r, 2, 1, 0x80],
      nothing: [],
    }
    for (const [what, variant] of Object.entries(variants)) {
      expect(isLowS(Uint8Array.from(variant)), what).to.be.false
      expect(verifyP256(key, message, Uint8Array.from(variant)), what).to.be.false
    }
  })

  it('draw the line of low-S at half the order', () => {
    const half = ORDER / 2n
    expect(isLowS(signature(1n, half))).to.be.true
    expect(isLowS(signature(1n, half + 1n))).to.be.false
    expect(isLowS(signature(1n, 1n))).to.be.true
  })

  it('are refused, not crashed upon, when the key is none', () => {
    const off = Uint8Array.from(key.point)
    off[64] = (off[64] ?? 0) ^ 1
    expect(verifyP256(off, message, low)).to.be.false
    const wrong = readPublicKey(off)
    if (wrong === undefined) throw new Error('the form is right')
    expect(verdicts(wrong, message, low)).to.deep.equal([false, false])
    expect(verifyP256(new Uint8Array(10), message, low)).to.be.false
    expect(verifyP256(keyPair('P-384').spki, message, low)).to.be.false
    expect(readPublicKey(Uint8Array.of(2, ...key.point.subarray(1, 33)))).to.equal(undefined)
  })

  it('of P-384 over SHA-384 verify on both, as certificates need', () => {
    const p384 = keyPair('P-384')
    const der = Uint8Array.from(sign('sha384', message, p384.privateKey))
    for (const verify of [node.verifyEcdsa, web.verifyEcdsa]) {
      expect(verify(p384.key, 'sha384', message, der)).to.be.true
      expect(verify(p384.key, 'sha256', message, der)).to.be.false
    }
  })

  it('of any random r and s are judged alike on both', () => {
    fc.assert(
      fc.property(fc.bigInt(1n, ORDER + 5n), fc.bigInt(1n, ORDER + 5n), (r, s) => {
        const [first, second] = verdicts(key, message, signature(r, s))
        expect(first).to.equal(second)
      }),
      { numRuns: 50 },
    )
  })
})

describe('hex', () => {
  it('goes there and back', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(fromHex(toHex(bytes))).to.deep.equal(bytes)
      }),
    )
    expect(() => fromHex('abc')).to.throw(TypeError)
    expect(() => fromHex('zz')).to.throw(TypeError)
  })
})
