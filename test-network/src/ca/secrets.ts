import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

/** An enrollment secret as it is stored. */
export interface SecretHash {
  /** Base64. */
  readonly salt: string
  /** Base64, 32 bytes: scrypt with N = 16384, r = 8, p = 1. */
  readonly hash: string
}

/** A secret that nobody can guess: 144 bits, in the characters of base64url. */
export const newSecret = (): string => randomBytes(18).toString('base64url')

/** Hashes a secret to be stored; some tens of milliseconds on the thread pool. */
export async function hashSecret(secret: string): Promise<SecretHash> {
  const salt = randomBytes(16)
  return { salt: salt.toString('base64'), hash: (await derive(secret, salt)).toString('base64') }
}

/**
 * Whether a secret is the one that was stored. Takes as long where there is none to compare with, so that the time
 * doesn't tell which ids exist.
 */
export async function isSecret(secret: string, stored: SecretHash | undefined): Promise<boolean> {
  const { salt, hash } = stored ?? { salt: '', hash: Buffer.alloc(32).toString('base64') }
  const same = timingSafeEqual(await derive(secret, Buffer.from(salt, 'base64')), Buffer.from(hash, 'base64'))
  return same && stored !== undefined
}

function derive(secret: string, salt: Uint8Array): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(secret, salt, 32, { N: 16384, r: 8, p: 1 }, (error, key) => {
      if (error) reject(error)
      else resolve(key)
    })
  })
}
