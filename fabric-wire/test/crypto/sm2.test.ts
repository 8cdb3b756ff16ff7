import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect } from 'chai'
import {
  encodePem,
  fromHex,
  newSm2Key,
  readSm2Key,
  signSm2,
  SM2_USER_ID,
  sm2PublicKey,
  toHex,
  verifySm2,
} from '../../src/index.js'

const bytes = (value: string): Uint8Array => new TextEncoder().encode(value)

interface Vectors {
  readonly userId: string
  readonly vectors: readonly { readonly message: string; readonly publicKey: string; readonly signature: string }[]
}

/** Made by scripts/write-sm2-vectors.mjs. */
const VECTORS = new URL('../../../test/fixtures/sm2/openssl.json', import.meta.url)

/** GB/T 32918.5-2017, annex A.2: the standard's own example. */
const STANDARD = {
  privateKey: fromHex('3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8'),
  x: '09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020',
  y: 'ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13',
  r: 'f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3',
  s: 'b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa',
}

describe('SM2', () => {
  const { userId, vectors } = JSON.parse(readFileSync(VECTORS, 'utf8')) as Vectors

  it('verifies the example of the standard', () => {
    const key = sm2PublicKey(STANDARD.privateKey)
    expect(toHex(key)).to.match(new RegExp(`04${STANDARD.x}${STANDARD.y}$`))
    const signature = fromHex(`30460221${'00'}${STANDARD.r}0221${'00'}${STANDARD.s}`)
    expect(verifySm2(key, bytes('message digest'), signature)).to.be.true
    expect(verifySm2(key, bytes('message digest'), signature, '1234567812345679')).to.be.false
  })

  it('verifies what OpenSSL signed, and not with a bit of it changed', () => {
    expect(userId).to.equal(SM2_USER_ID)
    for (const vector of vectors) {
      const [key, signature] = [fromHex(vector.publicKey), fromHex(vector.signature)]
      expect(verifySm2(key, bytes(vector.message), signature), vector.message).to.be.true
      expect(verifySm2(key, bytes(`${vector.message}.`), signature)).to.be.false
      for (let at = 0; at < signature.length; at++) {
        expect(verifySm2(key, bytes(vector.message), signature.with(at, (signature[at] ?? 0) ^ 1))).to.be.false
      }
      for (let at = 0; at < key.length; at++) {
        expect(verifySm2(key.with(at, (key[at] ?? 0) ^ 1), bytes(vector.message), signature)).to.be.false
      }
    }
  })

  it('verifies its own signatures, and refuses keys that are none', () => {
    const privateKey = newSm2Key()
    const key = sm2PublicKey(privateKey)
    const signature = signSm2(privateKey, bytes('abc'))
    expect(verifySm2(key, bytes('abc'), signature)).to.be.true
    expect(verifySm2(sm2PublicKey(newSm2Key()), bytes('abc'), signature)).to.be.false
    expect(readSm2Key(key)).to.have.length(65)
    expect(readSm2Key(key.subarray(1))).to.equal(undefined)
    expect(() => sm2PublicKey(new Uint8Array(32))).to.throw(RangeError)
    expect(() => sm2PublicKey(new Uint8Array(32).fill(0xff))).to.throw(RangeError)
  })

  it('OpenSSL verifies what this signs, where it is installed', function () {
    // A second opinion, from where there is one.
    if (spawnSync('openssl', ['version']).status !== 0) this.skip()
    const folder = mkdtempSync(path.join(tmpdir(), 'sm2-'))
    const at = (name: string) => path.join(folder, name)
    try {
      const privateKey = newSm2Key()
      writeFileSync(at('key.pem'), encodePem(sm2PublicKey(privateKey), 'PUBLIC KEY'))
      writeFileSync(at('message'), 'abc')
      writeFileSync(at('signature'), signSm2(privateKey, bytes('abc')))
      const options = ['-rawin', '-digest', 'sm3', '-pkeyopt', `distid:${SM2_USER_ID}`]
      const files = ['-inkey', at('key.pem'), '-in', at('message'), '-sigfile', at('signature')]
      const said = execFileSync('openssl', ['pkeyutl', '-verify', '-pubin', ...options, ...files])
      expect(said.toString()).to.contain('Verified Successfully')
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
