import { sign, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import { toLowS } from '@caizheng/fabric-wire'

const signAsync = promisify(sign)

/**
 * A signer over whole messages: SHA-256 and P-256 by OpenSSL in Node's thread pool, DER, low S (Fabric refuses high S).
 * To be paired with the gateway's `hash.none`, since OpenSSL hashes by itself; the library's default signer is
 * JavaScript and takes about twice the CPU.
 */
export function opensslSigner(privateKey: KeyObject): (message: Uint8Array) => Promise<Uint8Array> {
  return async (message) => toLowS(await signAsync('sha256', message, privateKey))
}
