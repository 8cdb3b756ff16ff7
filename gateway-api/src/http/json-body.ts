import type { IncomingMessage } from 'node:http'
import { Problem } from '../problems/problem.js'

/**
 * Reads a JSON body of at most `limit` bytes.
 *
 * @throws {@link Problem} MALFORMED_REQUEST, PAYLOAD_TOO_LARGE
 */
export async function readJson(request: IncomingMessage, limit: number): Promise<unknown> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    // Leaving the loop must not destroy the request: the answer goes over the same socket.
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > limit) throw new Problem('PAYLOAD_TOO_LARGE', { values: { what: 'The body', limit } })
      chunks.push(chunk)
    }
  } catch (error) {
    throw error instanceof Problem ? error : malformed('the body broke off', error)
  }
  return parseJson(Buffer.concat(chunks), 'the body')
}

/**
 * Parses JSON in UTF-8; bytes that aren't UTF-8 are refused, not replaced.
 *
 * @throws {@link Problem} MALFORMED_REQUEST
 */
export function parseJson(bytes: Uint8Array, what: string): unknown {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    throw malformed(`${what} is not UTF-8`, error)
  }
  try {
    return JSON.parse(text)
  } catch (error) {
    throw malformed(`${what} is not JSON: ${(error as Error).message}`, error)
  }
}

function malformed(reason: string, cause: unknown): Problem {
  return new Problem('MALFORMED_REQUEST', { values: { reason }, cause })
}
