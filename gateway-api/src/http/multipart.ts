import { digestDocument, type DocumentDigests } from '@caizheng/client-sdk'
import busboy from 'busboy'
import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { Problem } from '../problems/problem.js'

/** What becomes of a part: kept (small), or hashed as it streams (any size up to the limit, in bytes). */
export interface FormRule {
  readonly as: 'bytes' | 'digests'
  readonly limit: number
}

/** The parts that a form may hold. */
export type FormShape = Readonly<Record<string, FormRule>>

/** A part as it came: with its bytes, or with their digests where the shape says so. */
export interface FormPart {
  readonly bytes?: Buffer
  readonly digests?: DocumentDigests
}

/**
 * Reads a multipart form while it arrives. Parts may come in any order; curl sends `-F document=@meta.json` as a file and
 * `-F document='{…}'` as a field, and both are taken. Anything that could make two readers see two documents is refused:
 * a part that comes twice, an unknown part, a transfer encoding.
 *
 * @throws {@link Problem} MALFORMED_REQUEST, PAYLOAD_TOO_LARGE
 */
export async function readForm(request: IncomingMessage, shape: FormShape): Promise<Map<string, FormPart>> {
  const parser = openParser(request, shape)
  const parts = new Map<string, FormPart>()
  const reading: Promise<void>[] = []
  const feeding = new Feeding(request, parser)

  parser.on('file', (name, stream, { encoding }) => {
    // Whatever ends the parser ends this stream with an error, read or not.
    stream.on('error', () => undefined)
    const rule = ruleOf(name, encoding, shape, parts)
    if (rule instanceof Problem) {
      stream.resume()
      feeding.stop(rule)
      return
    }
    parts.set(name, {})
    const part = rule.as === 'digests' ? digested(stream) : collected(stream, name, rule.limit)
    const kept = part.then(({ size, ...content }) => {
      if (size > rule.limit) throw tooLarge(name, rule.limit)
      parts.set(name, content)
    })
    kept.catch((error: unknown) => feeding.stop(error as Error))
    stream.once('limit', () => feeding.stop(tooLarge(name, rule.limit)))
    reading.push(kept)
  })
  parser.on('field', (name, value, { encoding, valueTruncated }) => {
    const rule = ruleOf(name, encoding, shape, parts)
    if (rule instanceof Problem) return feeding.stop(rule)
    if (rule.as === 'digests') return feeding.stop(malformed(`part "${name}" must be a file: it has no filename`))
    const bytes = Buffer.from(value)
    if (valueTruncated || bytes.length > rule.limit) return feeding.stop(tooLarge(name, rule.limit))
    parts.set(name, { bytes })
  })

  try {
    await feeding.finished()
    await Promise.all(reading)
  } catch (error) {
    // busboy reports some faults without ending; who reads a part then would wait for ever.
    setImmediate(() => parser.destroy())
    throw error instanceof Problem ? error : malformed(reasonOf(error), error)
  }
  return parts
}

/**
 * Feeds a request to the parser until it ends or something is wrong. Neither `pipeline` nor destroying the parser from one of
 * its own events will do: the one would close the socket that the answer needs, the other makes busboy throw where nobody
 * catches it.
 */
class Feeding {
  private fault: Error | undefined

  constructor(
    private readonly request: IncomingMessage,
    private readonly parser: busboy.Busboy,
  ) {
    parser.on('error', () => undefined)
  }

  /** Ends the reading, for the first reason given, after the parser is done with the bytes at hand. */
  stop(fault: Error): void {
    if (this.fault !== undefined) return
    this.fault = fault
    this.request.unpipe(this.parser)
    setImmediate(() => this.parser.destroy(fault))
  }

  async finished(): Promise<void> {
    const brokenOff = (): void => {
      if (!this.request.complete) this.stop(malformed('the body broke off'))
    }
    this.request.once('close', brokenOff)
    this.request.on('error', brokenOff)
    this.request.pipe(this.parser)
    try {
      await finished(this.parser)
    } catch (error) {
      throw this.fault ?? error
    } finally {
      this.request.unpipe(this.parser)
      this.request.off('close', brokenOff)
    }
    if (this.fault !== undefined) throw this.fault
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

/** What is to become of a part, or why it may not come (so). */
function ruleOf(
  name: string,
  encoding: string,
  shape: FormShape,
  parts: ReadonlyMap<string, FormPart>,
): FormRule | Problem {
  const rule = Object.hasOwn(shape, name) ? shape[name] : undefined
  if (rule === undefined) return malformed(`unknown part "${name}"`)
  if (parts.has(name)) return malformed(`part "${name}" comes twice`)
  // RFC 7578 deprecates the header; taken literally, base64 text would be hashed in place of the document.
  if (!['7bit', '8bit', 'binary'].includes(encoding)) return malformed(`part "${name}" has a transfer encoding`)
  return rule
}

async function digested(stream: Readable): Promise<FormPart & { size: number }> {
  const digests = await digestDocument(stream)
  return { digests, size: digests.size }
}

/** Stops at the part's own limit: the parser's is that of the largest part. */
async function collected(stream: Readable, name: string, limit: number): Promise<FormPart & { size: number }> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > limit) throw tooLarge(name, limit)
    chunks.push(chunk)
  }
  return { bytes: Buffer.concat(chunks), size }
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
