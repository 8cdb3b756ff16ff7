import {
  status,
  type handleServerStreamingCall,
  type handleUnaryCall,
  type ServerUnaryCall,
  type ServerWritableStream,
} from '@grpc/grpc-js'
import type { EventEmitter } from 'node:events'
import { RpcError } from './rpc-error.js'

/** Turns an async function into a unary handler; `signal` aborts when the client cancels or its deadline passes. */
export function unary<Request, Response>(
  handle: (request: Request, signal: AbortSignal) => Promise<Response>,
): handleUnaryCall<Request, Response> {
  // A call that waits for nobody needs no signal, and most calls are such.
  const waits = handle.length > 1
  return (call, callback) => {
    handle(call.request, waits ? signalOf(call) : NEVER).then(
      (response) => {
        callback(null, response)
      },
      (error: unknown) => {
        callback(asRpcError(error).toServiceError())
      },
    )
  }
}

/** Turns an async generator into a server-streaming handler that never reads ahead of a slow client. */
export function serverStream<Request, Response>(
  handle: (request: Request, signal: AbortSignal) => AsyncIterable<Response>,
): handleServerStreamingCall<Request, Response> {
  return (call) => {
    void pump(call, handle(call.request, signalOf(call)))
  }
}

async function pump<Request, Response>(
  call: ServerWritableStream<Request, Response>,
  responses: AsyncIterable<Response>,
): Promise<void> {
  const signal = signalOf(call)
  try {
    for await (const response of responses) {
      if (signal.aborted) return
      if (!call.write(response)) await drained(call, signal)
    }
    call.end()
  } catch (error) {
    if (!signal.aborted) call.emit('error', asRpcError(error).toServiceError())
  }
}

/** Waits until a stream can take more, or its client is gone. */
export function drained(stream: Pick<EventEmitter, 'once' | 'off'>, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    // Both listeners go: a stream of many blocks is drained many times.
    const done = (): void => {
      stream.off('drain', done)
      signal.removeEventListener('abort', done)
      resolve()
    }
    stream.once('drain', done)
    signal.addEventListener('abort', done)
  })
}

const NEVER = new AbortController().signal
const signals = new WeakMap<object, AbortSignal>()

function signalOf(call: Pick<ServerUnaryCall<unknown, unknown>, 'on' | 'cancelled'>): AbortSignal {
  const known = signals.get(call)
  if (known) return known
  const controller = new AbortController()
  call.on('cancelled', () => {
    controller.abort()
  })
  if (call.cancelled) controller.abort()
  signals.set(call, controller.signal)
  return controller.signal
}

/** An error of no stated code is a fault of ours: the client learns that much and no more. */
function asRpcError(error: unknown): RpcError {
  if (error instanceof RpcError) return error
  return new RpcError(status.INTERNAL, error instanceof Error ? error.message : 'internal error')
}
