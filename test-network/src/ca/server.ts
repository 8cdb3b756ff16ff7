import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import type { IssuedIdentity } from '../consortium/index.js'
import { CaCode, CaError } from './errors.js'
import { CaRequest } from './request.js'
import type { CaService } from './service.js'

/** No request of fabric-ca's clients comes near it. */
const MAX_BODY = 64 * 1024
const TIMEOUT = 10_000
const MOST_CONNECTIONS = 256

/** A CA that listens. */
export interface CaServer {
  /** `http://127.0.0.1:40123` */
  readonly url: string
  readonly stop: () => Promise<void>
}

/** Serves a CA on this machine. Port 0 takes any free one. @throws Error when the port can't be bound */
export async function serveCa(service: CaService, port: number, tls?: IssuedIdentity): Promise<CaServer> {
  const listener = (message: IncomingMessage, response: ServerResponse) => {
    void handle(service, message, response)
  }
  const limits = { headersTimeout: TIMEOUT, requestTimeout: TIMEOUT }
  const server = tls
    ? createTlsServer({ ...limits, cert: tls.certificatePem, key: tls.privateKeyPem }, listener)
    : createServer(limits, listener)
  server.maxConnections = MOST_CONNECTIONS
  server.on('clientError', refuseUnreadable)
  await listen(server, port)
  const { port: bound } = server.address() as AddressInfo
  return { url: `${tls ? 'https' : 'http'}://127.0.0.1:${bound}`, stop: () => stop(server) }
}

async function handle(service: CaService, message: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const body = await readBody(message)
    const { method = '', url = '', headers } = message
    const { status, result } = await service.answer(new CaRequest(method, url, headers.authorization, body))
    send(response, status, envelope(result))
  } catch (error) {
    // What went wrong inside is for the operator, not for whoever asks
    const refusal = error instanceof CaError ? error : new CaError(500, CaCode.unknown, 'The CA failed at this request')
    if (refusal !== error) process.emitWarning(error instanceof Error ? error : String(error))
    send(response, refusal.status, envelope('', refusal))
  }
}

/** Reads the body, and past its limit on without keeping it, so that the refusal finds the client listening. */
function readBody(message: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    message.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= MAX_BODY) chunks.push(chunk)
      else reject(new CaError(413, CaCode.unreadableBody, `A request body has at most ${MAX_BODY} bytes`))
    })
    message.on('end', () => resolve(Buffer.concat(chunks)))
    const lost = (cause?: Error) =>
      reject(new CaError(400, CaCode.unreadableBody, 'Failed reading request body', { cause }))
    message.on('error', lost)
    message.on('close', lost)
  })
}

/** fabric-ca's form of every answer. */
function envelope(result: unknown, refusal?: CaError): string {
  const errors = refusal ? [{ code: refusal.code, message: refusal.message }] : []
  return JSON.stringify({ result, errors, messages: [], success: !refusal })
}

function send(response: ServerResponse, status: number, text: string): void {
  const body = Buffer.from(text)
  // fabric-ca-client leaves listeners on a connection that it uses again, until Node warns of a leak
  const headers = { 'content-type': 'application/json', 'content-length': body.length, connection: 'close' }
  response.writeHead(status, headers).end(body)
}

/** Answers what is not HTTP, or comes too slowly or too long, and hangs up. */
function refuseUnreadable(_error: Error, socket: Socket): void {
  if (!socket.writable) return
  const body = envelope('', new CaError(400, CaCode.httpRequest, 'The HTTP request is malformed'))
  const head = `HTTP/1.1 400 Bad Request\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}`
  socket.end(`${head}\r\nconnection: close\r\n\r\n${body}`)
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
