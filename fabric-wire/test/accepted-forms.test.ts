import { expect } from 'chai'
import { onlyCertificate, onlyTwoIntegers } from '../src/index.js'

const BODY = Buffer.from('any certificate of some length, so that it takes more than one line of base64').toString(
  'base64',
)
const LINES = BODY.replace(/.{1,64}/g, '$&\n')
const PEM = `-----BEGIN CERTIFICATE-----\n${LINES}-----END CERTIFICATE-----\n`

const read = (text: string): string => Buffer.from(onlyCertificate(Buffer.from(text))).toString()

describe('the certificates that a peer takes', () => {
  const accepted: [string, string][] = [
    ['as they are written', PEM],
    ['with text before and after', `Bag Attributes\n    friendlyName: x\n${PEM}and more\n`],
    ['with other line ends', PEM.replaceAll('\n', '\r\n')],
    ['with spaces at the ends of lines', PEM.replaceAll('\n', ' \t\n')],
    ['with another label', PEM.replaceAll('CERTIFICATE', 'TRUSTED CERTIFICATE')],
    ['with header lines', PEM.replace('CERTIFICATE-----\n', 'CERTIFICATE-----\nName: value\n\n')],
    ['on one line', `-----BEGIN CERTIFICATE-----\n${BODY}\n-----END CERTIFICATE-----`],
    ['after a block that is none', `-----BEGIN A-----\n%\n-----END A-----\n${PEM}`],
    ['after a beginning without an end', `-----BEGIN A-----\n${PEM}`],
  ]
  for (const [what, text] of accepted) {
    it(`are read ${what}`, () => {
      expect(read(text)).to.equal(PEM)
    })
  }

  const refused: [string, string][] = [
    ['in the middle of a line', `x${PEM}`],
    ['with something behind the end', PEM.replace('END CERTIFICATE-----', 'END CERTIFICATE-----x')],
    ['with two labels', PEM.replace('END CERTIFICATE', 'END KEY')],
    ['with wrong padding', PEM.replace(BODY.slice(0, 5), BODY.slice(0, 4))],
  ]
  for (const [what, text] of refused) {
    it(`are left alone ${what}`, () => {
      expect(read(text)).to.equal(text)
    })
  }

  it('are found in time that grows no faster than the text', () => {
    const hostile = ['-----BEGIN A-----\n', '-----BEGIN A-----\na:b\n', '-----BEGIN A-----\n-----END B-----\n']
    for (const line of hostile) {
      const text = Buffer.from(line.repeat(30_000))
      const begin = performance.now()
      onlyCertificate(text)
      expect(performance.now() - begin, line).to.be.below(2000)
    }
  })
})

describe('the signatures that a peer takes', () => {
  const integer = (hex: string): Buffer => Buffer.concat([Buffer.of(2, hex.length / 2), Buffer.from(hex, 'hex')])
  const [r, s] = [integer('11'.repeat(32)), integer('22'.repeat(32))]
  const sequence = (...parts: Uint8Array[]): Buffer => {
    const body = Buffer.concat(parts)
    return Buffer.concat([Buffer.of(0x30, body.length), body])
  }
  const plain = sequence(r, s)

  it('may be followed by anything', () => {
    expect(onlyTwoIntegers(Buffer.concat([plain, Buffer.of(1, 2, 3)]))).to.deep.equal(plain)
    expect(onlyTwoIntegers(sequence(r, s, integer('05')))).to.deep.equal(plain)
    const long = Buffer.concat([r, s, Buffer.alloc(80)])
    expect(onlyTwoIntegers(Buffer.concat([Buffer.of(0x30, 0x81, long.length), long]))).to.deep.equal(plain)
  })

  it('are left alone where they are in order or hopeless', () => {
    const hopeless = [
      plain,
      Buffer.alloc(0),
      Buffer.of(0x30),
      Buffer.of(0x30, 0x80, 2, 1, 1, 2, 1, 1, 0, 0),
      Buffer.of(0x30, 0x81, 6, 2, 1, 1, 2, 1, 1),
      sequence(r),
      plain.subarray(0, 60),
    ]
    for (const der of hopeless) expect(onlyTwoIntegers(der)).to.equal(der)
  })
})
