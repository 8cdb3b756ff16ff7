import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { PrepareError } from '../errors/caizheng-error.js'
import { reasonOf } from '../errors/reason.js'

/** What is anchored of a document: never its bytes. Lower-case hex, 64 digits each. */
export interface DocumentDigests {
  readonly sha256: string
  readonly sm3: string
  /** In bytes. */
  readonly size: number
}

/** A document: a path, its bytes, a stream of them, or digests taken elsewhere. */
export type DocumentInput = string | Uint8Array | AsyncIterable<Uint8Array> | DocumentDigests

export interface DigestOptions {
  readonly signal?: AbortSignal | undefined
  /** Called now and then with the bytes read so far, and the size where it is known before. */
  readonly onProgress?: ((read: number, total: number | undefined) => void) | undefined
}

const hex64 = /^[0-9a-f]{64}$/
// Large reads keep the two hashes busy; a file never takes more memory than a few of them.
const chunkBytes = 1024 * 1024

/**
 * SHA-256 and SM3 of a document in one pass, without holding it in memory.
 *
 * @throws {PrepareError} `DOCUMENT_NOT_FOUND`, `DOCUMENT_UNREADABLE`, `INPUT_INVALID`, `CANCELLED`.
 */
export async function digestDocument(document: DocumentInput, options: DigestOptions = {}): Promise<DocumentDigests> {
  if (typeof document === 'string') return digestFile(document, options)
  if (document instanceof Uint8Array) return digestStream([document], document.length, options)
  if (Symbol.asyncIterator in document) return digestStream(document, undefined, options)
  return checkDigests(document)
}

/** The error for a file that can't be read: absent, or unreadable for another reason. */
export function unreadable(path: string, cause: unknown): PrepareError {
  const { code } = cause as NodeJS.ErrnoException
  const absent = code === 'ENOENT' || code === 'ENOTDIR'
  const message = `Can't read ${path}: ${reasonOf(cause)}`
  return new PrepareError(absent ? 'DOCUMENT_NOT_FOUND' : 'DOCUMENT_UNREADABLE', 'prepare', message, { cause })
}

async function digestFile(path: string, options: DigestOptions): Promise<DocumentDigests> {
  const info = await stat(path).catch((cause: unknown) => {
    throw unreadable(path, cause)
  })
  if (!info.isFile()) throw new PrepareError('DOCUMENT_UNREADABLE', 'prepare', `${path} is not a file`)
  const stream = createReadStream(path, { highWaterMark: chunkBytes })
  const digests = await digestStream(stream, info.size, options)
  if (digests.size !== info.size) {
    const change = `${info.size} to ${digests.size} bytes`
    throw new PrepareError('DOCUMENT_UNREADABLE', 'prepare', `${path} changed while it was read: ${change}`)
  }
  return digests
}

async function digestStream(
  chunks: AsyncIterable<unknown> | Iterable<unknown>,
  total: number | undefined,
  options: DigestOptions,
): Promise<DocumentDigests> {
  const sha256 = createHash('sha256')
  const sm3 = createHash('sm3')
  let size = 0
  try {
    for await (const chunk of chunks) {
      options.signal?.throwIfAborted()
      if (!(chunk instanceof Uint8Array)) {
        throw new PrepareError('INPUT_INVALID', 'prepare', 'The stream must give bytes, not text or objects')
      }
      sha256.update(chunk)
      sm3.update(chunk)
      size += chunk.length
      options.onProgress?.(size, total)
    }
  } catch (cause) {
    if (cause instanceof PrepareError) throw cause
    if (options.signal?.aborted)
      throw new PrepareError('CANCELLED', 'prepare', 'The caller stopped the hashing', { cause })
    throw new PrepareError('DOCUMENT_UNREADABLE', 'prepare', `Can't read the document: ${reasonOf(cause)}`, { cause })
  }
  return { sha256: sha256.digest('hex'), sm3: sm3.digest('hex'), size }
}

function checkDigests(document: DocumentDigests): DocumentDigests {
  const { sha256, sm3, size } = document
  for (const [name, value] of Object.entries({ sha256, sm3 })) {
    if (typeof value !== 'string' || !hex64.test(value)) {
      throw new PrepareError('INPUT_INVALID', 'prepare', `"${name}" must be 64 lower-case hex digits`)
    }
  }
  if (!Number.isSafeInteger(size) || size < 0) {
    throw new PrepareError('INPUT_INVALID', 'prepare', '"size" must be a whole number of bytes')
  }
  return { sha256, sm3, size }
}
