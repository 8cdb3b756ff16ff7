import type { Request, Response } from 'express'

/** Milliseconds for which the rest of a refused body is read and thrown away. */
const LINGER = 3_000

/**
 * Lets a client that is still sending read the refusal. Closing at once would reset the connection and lose the answer on
 * its way; reading on without end would let the client decide when it ends.
 */
export function drainAfter(request: Request, response: Response): void {
  const hasBody =
    request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0
  if (!hasBody || request.complete) return
  response.set('Connection', 'close')
  request.on('error', () => undefined)
  request.resume()
  const timer = setTimeout(() => request.socket.destroy(), LINGER)
  request.once('close', () => clearTimeout(timer))
}
