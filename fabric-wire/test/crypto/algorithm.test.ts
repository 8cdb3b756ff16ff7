import { generateKeyPairSync, sign } from 'node:crypto'
import { expect } from 'chai'
import { fromHex, readDer, verifyByAlgorithm } from '../../src/index.js'

const message = new TextEncoder().encode('abc')
const RSA = { sha256: '0b', sha384: '0c', sha512: '0d' } as const
const ECDSA = { sha256: '02', sha384: '03', sha512: '04' } as const

describe('signatures by their AlgorithmIdentifier', () => {
  for (const digest of ['sha256', 'sha384', 'sha512'] as const) {
    it(`RSA and ECDSA with ${digest}`, () => {
      const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
      const spki = new Uint8Array(rsa.publicKey.export({ format: 'der', type: 'spki' }))
      const signature = new Uint8Array(sign(digest, message, rsa.privateKey))
      const named = fromHex(`300d06092a864886f70d0101${RSA[digest]}0500`)
      const plain = fromHex('300d06092a864886f70d0101010500')
      expect(verifyByAlgorithm(spki, named, message, signature)).to.be.true
      expect(verifyByAlgorithm(spki, plain, message, signature, digest)).to.be.true
      expect(verifyByAlgorithm(spki, plain, message, signature)).to.be.false
      expect(verifyByAlgorithm(spki, named, message, signature, digest === 'sha256' ? 'sha384' : 'sha256')).to.be.false
      expect(verifyByAlgorithm(spki, named, message.subarray(1), signature)).to.be.false
      for (const at of [0, 1, 100, 255]) {
        expect(verifyByAlgorithm(spki, named, message, signature.with(at, (signature[at] ?? 0) ^ 1))).to.be.false
      }
      expect(verifyByAlgorithm(spki, named, message, Uint8Array.of(0, ...signature))).to.be.false

      for (const namedCurve of ['P-256', 'P-384']) {
        const ec = generateKeyPairSync('ec', { namedCurve })
        const key = new Uint8Array(ec.publicKey.export({ format: 'der', type: 'spki' }))
        const algorithm = fromHex(`300a06082a8648ce3d0403${ECDSA[digest]}`)
        const signed = new Uint8Array(sign(digest, message, ec.privateKey))
        expect(verifyByAlgorithm(key, algorithm, message, signed, digest)).to.be.true
        expect(verifyByAlgorithm(key, algorithm, message.subarray(1), signed)).to.be.false
        expect(verifyByAlgorithm(spki, algorithm, message, signed)).to.be.false
      }
    })
  }

  it('refuses short keys', () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 })
    const spki = new Uint8Array(rsa.publicKey.export({ format: 'der', type: 'spki' }))
    const signature = new Uint8Array(sign('sha256', message, rsa.privateKey))
    expect(verifyByAlgorithm(spki, fromHex('300d06092a864886f70d01010b0500'), message, signature)).to.be.false
  })
})

describe('DER', () => {
  it('is read in its one form only', () => {
    expect(readDer(fromHex('3003020105'), 0x30)?.children()?.[0]?.content).to.deep.equal(Uint8Array.of(5))
    for (const other of ['30810302010500', '3003020105ff', '3004020105', '3080020105', '1f0102', '30', ''])
      expect(readDer(fromHex(other)), other).to.equal(undefined)
    expect(readDer(fromHex('3003020105'), 0x31)).to.equal(undefined)
    expect(readDer(fromHex('3002020105'))?.children()).to.equal(undefined)
  })
})
