import { weierstrass } from '@noble/curves/abstract/weierstrass.js'
import { sm3 } from '#crypto'
import { concatBytes, equalBytes, fromHex, toHex } from './bytes.js'
import { readSignature, writeSignature } from './der-signature.js'

/** The curve of GB/T 32918.5-2017. */
const CURVE = {
  p: 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn,
  a: 0xfffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffcn,
  b: 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93n,
  n: 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n,
  h: 1n,
  Gx: 0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7n,
  Gy: 0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0n,
} as const
const Point = weierstrass<bigint>(CURVE)

/** The user id that signatures use where nothing else is agreed (GM/T 0009-2012, 10). */
export const SM2_USER_ID = '1234567812345678'

/** All that stands before the point in the one DER form of an SM2 key's SubjectPublicKeyInfo. */
const SPKI_PREFIX = fromHex('3059301306072a8648ce3d020106082a811ccf5501822d034200')

const SIZE = 32
const encoder = new TextEncoder()

/** Big-endian, 32 bytes. */
function bytesOf(value: bigint): Uint8Array {
  return fromHex(value.toString(16).padStart(2 * SIZE, '0'))
}

function numberOf(bytes: Uint8Array): bigint {
  return BigInt(`0x${toHex(bytes)}`)
}

function modulo(value: bigint): bigint {
  const rest = value % CURVE.n
  return rest < 0n ? rest + CURVE.n : rest
}

/** The uncompressed point of an SM2 SubjectPublicKeyInfo; undefined for any other key, and for a point off the curve. */
export function readSm2Key(spki: Uint8Array): Uint8Array | undefined {
  const point = spki.subarray(SPKI_PREFIX.length)
  if (!equalBytes(spki.subarray(0, SPKI_PREFIX.length), SPKI_PREFIX) || point.length !== 1 + 2 * SIZE) return undefined
  return point[0] === 4 && pointOf(point) !== undefined ? point : undefined
}

function pointOf(bytes: Uint8Array): InstanceType<typeof Point> | undefined {
  try {
    const point = Point.fromBytes(bytes)
    point.assertValidity()
    return point
  } catch {
    return undefined
  }
}

/** e = SM3(Z || message), where Z binds user id, curve and key (GB/T 32918.2, 5.5 and 6.1). */
function digestOf(point: Uint8Array, message: Uint8Array, userId: string): bigint {
  const id = encoder.encode(userId)
  const bits = 8 * id.length
  const { a, b, Gx, Gy } = CURVE
  const z = sm3(
    concatBytes(Uint8Array.of(bits >> 8, bits & 0xff), id, ...[a, b, Gx, Gy].map(bytesOf), point.subarray(1)),
  )
  return numberOf(sm3(concatBytes(z, message)))
}

/**
 * Verifies an SM2 signature over SM3 (GB/T 32918.2) in strict DER.
 *
 * @param spki the key as SubjectPublicKeyInfo in DER
 * @param message what was signed; hashed here, after the user id and the key
 * @returns false for a wrong signature, another form of it, or a key that is none
 */
export function verifySm2(spki: Uint8Array, message: Uint8Array, signature: Uint8Array, userId = SM2_USER_ID): boolean {
  const key = readSm2Key(spki)
  const parts = readSignature(signature)
  if (key === undefined || parts === undefined) return false
  const r = numberOf(parts.r)
  const s = numberOf(parts.s)
  const t = modulo(r + s)
  if (r >= CURVE.n || s >= CURVE.n || t === 0n) return false
  const point = pointOf(key)
  if (point === undefined) return false
  const sum = Point.BASE.multiplyUnsafe(s).add(point.multiplyUnsafe(t))
  return !sum.is0() && modulo(digestOf(key, message, userId) + sum.x) === r
}

/** The SubjectPublicKeyInfo of a private key's public key. */
export function sm2PublicKey(privateKey: Uint8Array): Uint8Array {
  return concatBytes(SPKI_PREFIX, Point.BASE.multiply(secretOf(privateKey)).toBytes(false))
}

/**
 * Signs with SM2 over SM3, in JavaScript: fit for tests and trials. It is no certified product, and keeps no secret from one
 * who can measure this process.
 *
 * @param privateKey 32 bytes, from 1 to n - 2
 * @returns the signature in DER
 * @throws {RangeError} for another private key
 */
export function signSm2(privateKey: Uint8Array, message: Uint8Array, userId = SM2_USER_ID): Uint8Array {
  const d = secretOf(privateKey)
  const e = digestOf(sm2PublicKey(privateKey).subarray(SPKI_PREFIX.length), message, userId)
  for (;;) {
    const k = randomScalar()
    const r = modulo(e + Point.BASE.multiply(k).x)
    if (r === 0n || r + k === CURVE.n) continue
    const s = modulo(Point.Fn.inv(1n + d) * modulo(k - r * d))
    if (s !== 0n) return writeSignature({ r: bytesOf(r), s: bytesOf(s) })
  }
}

/** A fresh private key from the platform's cryptographic random source. */
export function newSm2Key(): Uint8Array {
  return bytesOf(randomScalar())
}

function secretOf(privateKey: Uint8Array): bigint {
  const d = privateKey.length === SIZE ? numberOf(privateKey) : 0n
  if (d < 1n || d >= CURVE.n - 1n) throw new RangeError('not an SM2 private key')
  return d
}

/** From 1 to n - 2; drawn again where it falls outside, so that none is likelier. */
function randomScalar(): bigint {
  for (;;) {
    const value = numberOf(globalThis.crypto.getRandomValues(new Uint8Array(SIZE)))
    if (value >= 1n && value < CURVE.n - 1n) return value
  }
}
