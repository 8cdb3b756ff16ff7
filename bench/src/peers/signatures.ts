import { generateKeyPairSync, sign, verify } from 'node:crypto'
import { type Measurement } from '../measurement.js'

/** ECDSA P-256 over SHA-256 by OpenSSL on one thread: every transaction is signed and verified several times. */
export function signatureRates(): { signing: Measurement; verifying: Measurement } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const message = Buffer.alloc(1024, 7)
  const signature = sign('sha256', message, privateKey)
  return {
    signing: {
      what: 'P-256 signatures by OpenSSL, one thread',
      value: perSecond(() => sign('sha256', message, privateKey)),
      unit: 'signatures/s',
    },
    verifying: {
      what: 'P-256 verifications by OpenSSL, one thread',
      value: perSecond(() => verify('sha256', message, publicKey, signature)),
      unit: 'verifications/s',
    },
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
