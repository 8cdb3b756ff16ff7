import { digestDocument, type DocumentDigests } from '@caizheng/client-sdk'
import busboy from 'busboy'
import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { Problem } from '../problems/problem.js'

/** What a form may hold: each named part is either kept (small) or hashed (any size up to the limit). */
export type FormShape = Readonly<Record<string, { readonly as: 'bytes' | 'digests'; readonly limit: number }>>

/** A part as it came: with its bytes, or with their digests where the shape says so. */
export interface FormPart {
  readonly bytes?: Buffer
  readonly digests?: DocumentDigests
  /** As the sender named it; absent for the default that a client adds by itself. */
  readonly mediaType?: string
}

/**
 * Reads a multipart form while it arrives. Parts may come in any order; curl sends `-F document=@meta.json` as a file and
 * `-F document='{…}'` as a field, and both are taken. Anything that could make two readers see two documents is refused:
 * a part that comes twice, an unknown part, a transfer encoding.
 *
 * @throws {@link Problem} MALFORMED_REQUEST, PAYLOAD_TOO_LARGE
 */
export async function readForm(request: IncomingMessage, shape: FormShape): Promise<Map<string, FormPart>> {
  const parts = new Map<string, FormPart>()
  const reading: Promise<void>[] = []
  const parser = openParser(request, shape)

  const take = (name: string, stream: Readable, encoding: string, mediaType: string, named: boolean): void => {
    const rule = Object.hasOwn(shape, name) ? shape[name] : undefined
    const fault = faultOf(name, encoding, rule !== undefined, parts)
    if (fault !== undefined || rule === undefined) {
      stream.resume()
      parser.destroy(fault ?? malformed(`unknown part "${name}"`))
      return
    }
    parts.set(name, {})
    stream.once('limit', () => parser.destroy(tooLarge(name, rule.limit)))
    const type = named ? { mediaType } : {}
    const read = async (): Promise<void> => {
      if (rule.as === 'digests')
        parts.set(name, { digests: within(name, rule.limit, await digestDocument(stream)), ...type })
      else parts.set(name, { bytes: await collect(name, rule.limit, stream), ...type })
    }
    const done = read()
    // The parser's own error is the one to report; this only keeps an early failure from being unhandled.
    done.catch((error: unknown) => parser.destroy(error as Error))
    reading.push(done)
  }

  parser.on('file', (name, stream, info) =>
    take(name ?? '', stream, info.encoding, info.mimeType, info.mimeType !== 'application/octet-stream'),
  )
  parser.on('field', (name, value, info) => {
    const rule = Object.hasOwn(shape, name ?? '') ? shape[name] : undefined
    const fault = faultOf(name ?? '', info.encoding, rule !== undefined, parts)
    if (fault !== undefined) return void parser.destroy(fault)
    if (rule?.as === 'digests')
      return void parser.destroy(malformed(`part "${name}" must be a file: it has no filename`))
    if (rule !== undefined && (info.valueTruncated || Buffer.byteLength(value) > rule.limit)) {
      return void parser.destroy(tooLarge(name, rule.limit))
    }
    parts.set(name, { bytes: Buffer.from(value) })
  })

  try {
    await feed(request, parser)
    await Promise.all(reading)
  } catch (error) {
    await Promise.allSettled(reading)
    throw error instanceof Problem ? error : malformed(reasonOf(error), error)
  }
  return parts
}

/** `pipeline` would destroy the request with the parser, and with it the socket that the answer needs. */
async function feed(request: IncomingMessage, parser: busboy.Busboy): Promise<void> {
  const brokenOff = (): void => {
    if (!request.complete) parser.destroy(malformed('the body broke off'))
  }
  request.once('close', brokenOff)
  request.once('error', brokenOff)
  request.pipe(parser)
  try {
    await finished(parser)
  } finally {
    request.unpipe(parser)
    request.off('close', brokenOff)
  }
}

function openParser(request: IncomingMessage, shape: FormShape): busboy.Busboy {
  const largest = Math.max(...Object.values(shape).map((rule) => rule.limit))
  const kept = Math.max(...Object.values(shape).map((rule) => (rule.as === 'bytes' ? rule.limit : 0)))
  try {
    return busboy({
      headers: request.headers,
      defParamCharset: 'utf8',
      // One more than allowed, so that a part of exactly the limit passes and a longer one is seen.
      limits: { fileSize: largest + 1, fieldSize: kept + 1, parts: Object.keys(shape).length + 1, headerPairs: 20 },
    })
  } catch (error) {
    throw malformed(reasonOf(error), error)
  }
}

function faultOf(
  name: string,
  encoding: string,
  known: boolean,
  parts: ReadonlyMap<string, FormPart>,
): Problem | undefined {
  if (!known) return malformed(`unknown part "${name}"`)
  if (parts.has(name)) return malformed(`part "${name}" comes twice`)
  // RFC 7578 deprecates the header; taken literally, base64 text would be hashed in place of the document.
  if (!['7bit', '8bit', 'binary'].includes(encoding)) return malformed(`part "${name}" has a transfer encoding`)
  return undefined
}

async function collect(name: string, limit: number, stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > limit) throw tooLarge(name, limit)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function within(name: string, limit: number, digested: DocumentDigests): DocumentDigests {
  if (digested.size > limit) throw tooLarge(name, limit)
  return digested
}

function tooLarge(what: string, limit: number): Problem {
  return new Problem('PAYLOAD_TOO_LARGE', { values: { what, limit } })
}

function malformed(reason: string, cause?: unknown): Problem {
  return new Problem('MALFORMED_REQUEST', { values: { reason }, cause })
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
