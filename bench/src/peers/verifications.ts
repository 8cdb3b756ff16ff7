import { generateKeyPairSync, sign, verify } from 'node:crypto'
import { type Measurement } from '../measurement.js'

/** ECDSA P-256 over SHA-256 by OpenSSL on one thread: every transaction costs several of them. */
export function verificationRate(): Measurement {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const message = Buffer.alloc(1024, 7)
  const signature = sign('sha256', message, privateKey)
  return {
    what: 'P-256 verifications by OpenSSL, one thread',
    value: perSecond(() => verify('sha256', message, publicKey, signature)),
    unit: 'verifications/s',
  }
}

function perSecond(call: () => unknown): number {
  for (let index = 0; index < 200; index++) call()
  const started = performance.now()
  let count = 0
  while (performance.now() - started < 500) {
    call()
    count++
  }
  return count / ((performance.now() - started) / 1000)
}
