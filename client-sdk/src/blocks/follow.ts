import { GatewayError } from '@hyperledger/fabric-gateway'
import { decodeLoose, WireBlock, WireError } from '@caizheng/fabric-wire'
import type { Link } from '../connection/link.js'
import { CaizhengError, FollowError, type CaizhengErrorCode } from '../errors/caizheng-error.js'
import { toCaizhengError } from '../errors/gateway-failure.js'
import { sleep } from '../transactions/abortable.js'
import { backoff } from '../transactions/retry.js'
import { decodeBlock } from './decode-block.js'
import type { FollowedBlock, FollowOptions } from './followed-block.js'

/** Opening the stream again won't mend these. */
const final = new Set<CaizhengErrorCode>(['NOT_PERMITTED', 'CHANNEL_NOT_FOUND', 'CLOSED', 'RESPONSE_INVALID'])

/**
 * Every block from `from` on, each once and in order, the coming ones as they are committed. A broken stream is opened
 * again at the next block wanted, for as long as the caller listens.
 *
 * @throws {FollowError} where opening it again can't help: `NOT_PERMITTED`, `CLOSED`, `RESPONSE_INVALID`, …
 */
export function followBlocks(link: Link, options: FollowOptions): AsyncGenerator<FollowedBlock, void, void> {
  return follow(link, options, decodeBlock)
}

/**
 * The same blocks as their bytes, for those who judge them on their own: `common.Block` with the peer's metadata.
 *
 * @throws {FollowError} as `followBlocks`
 */
export async function* followBlockBytes(link: Link, options: FollowOptions): AsyncGenerator<Uint8Array, void, void> {
  for await (const { bytes } of follow(link, options, numbered)) yield bytes
}

function numbered(bytes: Uint8Array): { number: number; bytes: Uint8Array } {
  try {
    return { number: decodeLoose(WireBlock, bytes).header?.number ?? 0, bytes }
  } catch (cause) {
    if (!(cause instanceof WireError)) throw cause
    throw new FollowError('RESPONSE_INVALID', 'follow', `The peer sent no readable block: ${cause.message}`, { cause })
  }
}

async function* follow<T extends { readonly number: number }>(
  link: Link,
  options: FollowOptions,
  read: (bytes: Uint8Array) => T,
): AsyncGenerator<T, void, void> {
  const { signal } = options
  let next = options.from
  for (let failures = 0; !signal?.aborted;) {
    try {
      for await (const bytes of blockStream(link, next, signal)) {
        const block = read(bytes)
        if (block.number !== next) throw misplaced(block.number, next)
        failures = 0
        next++
        yield block
        if (signal?.aborted) return
      }
      // A peer ends the stream when it stops.
      throw new FollowError('NOT_REACHABLE', 'follow', 'The peer ended the stream of blocks')
    } catch (thrown) {
      if (signal?.aborted) return
      const error = streamError(thrown)
      if (final.has(error.code)) throw error
      const wait = backoff(200, ++failures)
      options.onReconnect?.(error, wait)
      await sleep(wait, signal).catch(() => undefined)
    }
  }
}

/** The bytes of each block from one stream. */
async function* blockStream(link: Link, from: number, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
  link.requireOpen('follow')
  // Streams don't count towards the gateway's limit of requests: they are the peer's deliver service.
  const events = await link.network.getBlockEvents({ startBlock: BigInt(from) })
  // A stream that is closed before anyone reads it raises an error that nobody catches, so reading begins at once.
  const blocks = events[Symbol.asyncIterator]()
  let block = blocks.next()
  block.catch(() => undefined)
  const close = () => events.close()
  signal?.addEventListener('abort', close, { once: true })
  const forget = link.onClose(close)
  try {
    // The request was signed meanwhile: who stopped or closed then found no stream to end.
    link.requireOpen('follow')
    if (signal?.aborted) return
    for (let result = await block; result.done !== true; result = await block) {
      yield result.value.serializeBinary()
      block = blocks.next()
    }
  } finally {
    signal?.removeEventListener('abort', close)
    forget()
    events.close()
  }
}

function streamError(thrown: unknown): CaizhengError {
  // The library reports a refusal by the deliver service as plain text with Fabric's status number.
  const status = thrown instanceof Error ? /Unexpected status response: (\d+)/.exec(thrown.message)?.[1] : undefined
  if (status === undefined) {
    if (thrown instanceof GatewayError || thrown instanceof CaizhengError) return toCaizhengError(thrown, 'follow')
    // Where a peer ends the stream in good order the library stumbles over the missing block.
    return new FollowError('NOT_REACHABLE', 'follow', 'The peer ended the stream of blocks', { cause: thrown })
  }
  const code = statusCodes[status] ?? 'NOT_REACHABLE'
  return new FollowError(code, 'follow', `The peer refused to send blocks: status ${status}`, { cause: thrown })
}

const statusCodes: Readonly<Record<string, CaizhengErrorCode>> = {
  '400': 'REQUEST_REFUSED',
  '403': 'NOT_PERMITTED',
  '404': 'CHANNEL_NOT_FOUND',
}

function misplaced(got: number, expected: number): CaizhengError {
  return new FollowError('RESPONSE_INVALID', 'follow', `The peer sent block ${got} where ${expected} is next`)
}
