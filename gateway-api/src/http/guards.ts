import { createHash, timingSafeEqual } from 'node:crypto'
import type { Request, RequestHandler } from 'express'
import { Problem } from '../problems/problem.js'

/**
 * Lets a request pass that carries the token. Both sides are hashed first, so that neither length nor content shows in
 * the time the comparison takes.
 */
export function requireToken(token: string): RequestHandler {
  const expected = fingerprint(token)
  return (request, _response, next) => {
    const match = /^Bearer +([^\s]+)$/i.exec(request.headers.authorization ?? '')
    if (match?.[1] !== undefined && timingSafeEqual(fingerprint(match[1]), expected)) return next()
    throw new Problem('UNAUTHORIZED', { headers: { 'WWW-Authenticate': 'Bearer realm="caizheng"' } })
  }
}

/**
 * Refuses what a browser sends on behalf of another site. Without it, any page that a member of staff visits could post
 * a document to the gateway on this machine: multipart is a "simple" request that browsers send without asking.
 */
export const sameOrigin: RequestHandler = (request, _response, next) => {
  const origin = request.headers.origin
  if (origin !== undefined && hostOf(origin) !== request.headers.host) {
    throw new Problem('FOREIGN_ORIGIN', { values: { origin } })
  }
  next()
}

/**
 * Without a token, answers only for names of this machine: a site whose name was pointed at 127.0.0.1 would otherwise
 * count as the same origin.
 */
export const localHostOnly: RequestHandler = (request, _response, next) => {
  if (!isLoopback(hostNameOf(request))) {
    throw new Problem('MISDIRECTED_REQUEST', { values: { host: request.headers.host ?? '' } })
  }
  next()
}

/** True for an address that only this machine can reach. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
}

function fingerprint(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined
}

function hostNameOf(request: Request): string {
  const host = `http://${request.headers.host ?? ''}`
  return URL.canParse(host) ? new URL(host).hostname.replace(/^\[|\]$/g, '') : ''
}
