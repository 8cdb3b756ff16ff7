import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { tar } from './tar.js'

/** A chaincode package as a peer installs it. */
export interface ChaincodePackage {
  readonly bytes: Uint8Array
  /** `label:digest`: what the chaincode's server registers with, and what the organisation approves. */
  readonly id: string
}

/**
 * The package of a chaincode that runs as a service. It holds the address alone: the code is not in it, so a definition's
 * version should carry the digest of the code.
 *
 * @param label - letters, digits, `.`, `+`, `-`, `_`
 * @param address - `host:port` of the organisation's chaincode server
 */
export function servicePackage(label: string, address: string): ChaincodePackage {
  const json = (value: object): Uint8Array => Buffer.from(JSON.stringify(value))
  const connection = json({ address, dial_timeout: '3s', tls_required: false })
  const code = gzipSync(tar([{ name: 'connection.json', content: connection }]))
  const metadata = json({ path: '', type: 'ccaas', label })
  const bytes = gzipSync(
    tar([
      { name: 'metadata.json', content: metadata },
      { name: 'code.tar.gz', content: code },
    ]),
  )
  return { bytes, id: `${label}:${createHash('sha256').update(bytes).digest('hex')}` }
}
