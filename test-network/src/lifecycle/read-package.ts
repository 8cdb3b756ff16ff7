import { createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { untar } from './untar.js'

/** What a package says: its label, its type, and the archive with the code, or with where the code runs. */
export interface PackageContent {
  readonly id: string
  readonly label: string
  readonly type: string
  readonly code: Uint8Array
}

/** Unpacked, nothing in a package may be larger. */
const MAX_SIZE = 100 * 1024 * 1024

/**
 * Reads a chaincode package as `peer lifecycle chaincode package` makes it.
 * @throws Error in a peer's words
 */
export function readPackage(bytes: Uint8Array): PackageContent {
  let metadata: Record<string, unknown> | undefined
  let code: Uint8Array | undefined
  for (const { name, isFile, type, content } of untar(unzip(bytes))) {
    if (!isFile) throw new Error(`tar entry ${name} is not a regular file, type ${String(type.charCodeAt(0))}`)
    if (name === 'metadata.json') metadata = parse(content, name)
    if (name === 'code.tar.gz') code = content
  }
  if (!code) throw new Error('did not find a code package inside the package')
  if (!metadata) throw new Error('did not find any package metadata (missing metadata.json)')
  const { label = '', type = '' } = metadata
  if (typeof label !== 'string' || !/^[a-zA-Z0-9][a-zA-Z0-9_.+-]*$/.test(label)) {
    throw new Error(
      `invalid label '${String(label)}'. Label must be non-empty, can only consist of alphanumerics, symbols from '.+-_', and can only begin with alphanumerics`,
    )
  }
  return { id: `${label}:${createHash('sha256').update(bytes).digest('hex')}`, label, type: String(type), code }
}

/**
 * The address of the server that a package of the type `ccaas` names.
 * @throws Error for other types: this peer starts no chaincodes; and where the server is to be spoken to over TLS
 */
export function serviceAddress({ type, code }: PackageContent): string {
  if (type !== 'ccaas') {
    throw new Error(
      `this peer runs packages of the type 'ccaas' only, whose code is a server of its own; not '${type}'`,
    )
  }
  const file = untar(unzip(code)).find(({ name, isFile }) => isFile && name.replace(/^\.\//, '') === 'connection.json')
  if (!file) throw new Error('connection.json not found in the code package')
  const { address, tls_required: tls } = parse(file.content, 'connection.json')
  if (tls === true)
    throw new Error('this peer speaks to chaincodes of this machine without TLS: tls_required must be false')
  if (typeof address !== 'string' || address === '') throw new Error("connection.json names no 'address'")
  return address
}

function unzip(bytes: Uint8Array): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_SIZE })
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code
    // What Go's library says
    const reason = code === 'Z_BUF_ERROR' ? 'unexpected EOF' : 'gzip: invalid header'
    const words = code === 'ERR_BUFFER_TOO_LARGE' ? 'the content is too large' : reason
    throw new Error(`error reading as gzip stream: ${words}`, { cause })
  }
}

function parse(content: Uint8Array, name: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(Buffer.from(content).toString())
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  } catch (cause) {
    throw new Error(`could not unmarshal ${name} as json: ${String(cause)}`, { cause })
  }
  throw new Error(`could not unmarshal ${name} as json: it is no object`)
}
