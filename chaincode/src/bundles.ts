import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The chaincodes that come out of this code base, by who must agree. */
export const chaincodeNames = ['evidence', 'charter', 'payment'] as const
export type ChaincodeName = (typeof chaincodeNames)[number]

/** A chaincode as a network runs it. */
export interface ChaincodeBundle {
  readonly name: ChaincodeName
  /** Absolute path of one CommonJS file that exports `contracts`; it requires fabric-contract-api and fabric-shim. */
  readonly path: string
  /** SHA-256 of the file, hex. */
  readonly digest: string
  /** For the chaincode definition, which holds no hash of the code otherwise: the release and the file's digest. */
  readonly version: string
}

/**
 * Where a chaincode's bundle is and which version it is.
 *
 * @throws {Error} where `npm run bundle -w chaincode` has not been run.
 * @example
 * ```ts
 * const { path, version } = chaincodeBundle('evidence') // version '0.1.0-9f2c…'
 * ```
 */
export function chaincodeBundle(name: ChaincodeName): ChaincodeBundle {
  // From dist/src, where this file is compiled to.
  const root = join(__dirname, '..', '..')
  const path = join(root, 'dist', `${name}.cjs`)
  const digest = createHash('sha256').update(readBundle(path)).digest('hex')
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  return { name, path, digest, version: `${version}-${digest}` }
}

function readBundle(path: string): Uint8Array {
  try {
    return readFileSync(path)
  } catch (cause) {
    throw new Error(`There is no chaincode at ${path}: run "npm run bundle -w chaincode"`, { cause })
  }
}
