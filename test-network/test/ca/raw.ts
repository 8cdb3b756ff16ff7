import { createPrivateKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { request as httpRequest } from 'node:http'
import { toLowS } from '@caizheng/fabric-wire'
import * as der from '../../src/consortium/der.js'
import { certificateOf, type User } from './support.js'

/** An answer as it came over HTTP. */
export interface RawAnswer {
  status: number
  body: { success: boolean; result: unknown; errors: { code: number; message: string }[]; messages: unknown[] }
}

/** Sends bytes to a CA and reads its answer, which must be JSON. */
export function send(
  url: string,
  method: string,
  path: string,
  body: string | Uint8Array = '',
  headers: Record<string, string> = {},
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url)
    const outgoing = httpRequest({ hostname, port, method, path, headers, agent: false }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString()
        try {
          resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) as RawAnswer['body'] })
        } catch {
          reject(new Error(`Not JSON, with status ${String(response.statusCode)}: ${text}`))
        }
      })
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

/** The token of fabric-ca's clients. */
export function token(user: User, method: string, uri: string, body: string | Uint8Array = ''): string {
  const certificate = base64(certificateOf(user))
  const message = `${method}.${base64(uri)}.${base64(body)}.${certificate}`
  return `${certificate}.${base64(toLowS(sign('sha256', Buffer.from(message), keyOf(user))))}`
}

export const basic = (id: string, secret: string): string => `Basic ${base64(`${id}:${secret}`)}`

const base64 = (bytes: string | Uint8Array): string => Buffer.from(bytes).toString('base64')

const keyOf = (user: User): KeyObject => {
  const { _signer: signer } = user.getSigningIdentity() as unknown as { _signer: { _key: { toBytes(): string } } }
  return createPrivateKey(signer._key.toBytes())
}

/** How a signing request deviates from a good one. */
export interface RequestOptions {
  commonNames?: string[]
  curve?: 'P-256' | 'P-384'
  /** Signs with another key than the one that it names. */
  stolen?: boolean
  /** Asks for a certificate of an authority. */
  authority?: boolean
  version?: number
}

/** A PKCS#10 request, DER. */
export function signingRequest(options: RequestOptions = {}): Buffer {
  const { commonNames = ['clerk'], curve = 'P-256', stolen = false, authority = false, version = 0 } = options
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: curve })
  const signer = stolen ? generateKeyPairSync('ec', { namedCurve: curve }).privateKey : privateKey
  const pair = (value: string) => der.sequence(der.objectIdentifier('2.5.4.3'), der.utf8String(value))
  const constraints = der.sequence(
    der.objectIdentifier('2.5.29.19'),
    der.boolean(true),
    der.octetString(der.sequence(der.boolean(true))),
  )
  const extensions = der.sequence(der.objectIdentifier('1.2.840.113549.1.9.14'), der.set(der.sequence(constraints)))
  const info = der.sequence(
    der.integer(Buffer.from([version])),
    der.sequence(...commonNames.map((name) => der.set(pair(name)))),
    publicKey.export({ type: 'spki', format: 'der' }),
    der.tagged(0, authority ? extensions : der.nothing),
  )
  const algorithm = der.sequence(der.objectIdentifier('1.2.840.10045.4.3.2'))
  return der.sequence(info, algorithm, der.bitString(sign('sha256', info, signer)))
}

export const asPem = (request: Uint8Array, label = 'CERTIFICATE REQUEST'): string =>
  `-----BEGIN ${label}-----\n${base64(request).replace(/.{1,64}/g, '$&\n')}-----END ${label}-----\n`
