import { encodePem } from '../certificate/index.js'
import { concatBytes } from '../crypto/index.js'

/*
 * A peer reads certificates and signatures more loosely than this package does elsewhere, which wants one form only: for evidence
 * that is right, but a node that refuses what its neighbours take comes to another verdict. So what a peer would take is
 * first brought into the one form, and what it would not take stays as it is and is refused.
 */

/** One PEM block wherever it stands: any label, header lines, any line lengths, spaces at line ends. */
const BLOCK =
  /(?<=^|\n)-----BEGIN (?<label>[^\n]*)-----[ \t\r]*\n(?<headers>(?:[^\n:]*:[^\n]*\n)*)(?<body>(?:(?!-----BEGIN )[^:])*?)(?<=\n)-----END \k<label>-----[ \t\r]*(?:\n|$)/g
/** What nearly every identity is. */
const NOTHING_ELSE = /^-----BEGIN CERTIFICATE-----\n[A-Za-z0-9+/=\n]+-----END CERTIFICATE-----\n$/
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

const latin1 = new TextDecoder('latin1')
const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))

/**
 * The first certificate of a text, as one PEM block and nothing else. Text around it, such as the lines that
 * `openssl pkcs12` writes before a certificate, is no part of an identity to Fabric.
 */
export function onlyCertificate(pem: Uint8Array): Uint8Array {
  const text = latin1.decode(pem)
  if (NOTHING_ELSE.test(text)) return pem
  for (const { groups } of text.matchAll(BLOCK)) {
    const body = (groups?.body ?? '').replace(/[ \t\r\n]/g, '')
    if (BASE64.test(body)) return new TextEncoder().encode(encodePem(bytesOf(body), 'CERTIFICATE'))
  }
  return pem
}

/** An ECDSA signature without what follows its two integers, inside the sequence or after it. */
export function onlyTwoIntegers(der: Uint8Array): Uint8Array {
  const outer = element(der, 0)
  if (outer?.tag !== 0x30) return der
  const r = element(der, outer.start)
  const s = r && element(der, r.end)
  if (!s || s.end > outer.end) return der
  const body = der.subarray(outer.start, s.end)
  if (body.length === outer.end - outer.start && outer.end === der.length) return der
  // Two integers that are right have 72 bytes at most; longer ones are refused in any form.
  return body.length < 0x80 ? concatBytes(Uint8Array.of(0x30, body.length), body) : der
}

interface Element {
  tag: number
  start: number
  end: number
}

function element(der: Uint8Array, at: number): Element | undefined {
  const [tag, first] = [der[at], der[at + 1]]
  if (tag === undefined || first === undefined) return undefined
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f
  if (first === 0x80 || lengthBytes > 4) return undefined
  const start = at + 2 + lengthBytes
  const length = lengthBytes === 0 ? first : longLength(der.subarray(at + 2, start))
  return length === undefined || start + length > der.length ? undefined : { tag, start, end: start + length }
}

/** A length of several bytes, which must be the shortest form of it. */
function longLength(bytes: Uint8Array): number | undefined {
  const length = bytes.reduce((sum, byte) => sum * 256 + byte, 0)
  return length < 0x80 || bytes[0] === 0 ? undefined : length
}
