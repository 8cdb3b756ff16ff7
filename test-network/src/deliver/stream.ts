import type { ServerDuplexStream } from '@grpc/grpc-js'
import { encodeBlock, isConfigBlock, parseBlock, type Identity } from '@caizheng/fabric-wire'
import { common } from '@hyperledger/fabric-protos'
import { followBlocks } from '../blocks/index.js'
import type { Channel } from '../channel/index.js'
import { LedgerError } from '../ledger/index.js'
import { drained } from '../rpc/index.js'
import { openSeek, requireReader, SeekRefused, type ReadAccess } from './seek.js'

type Envelope = InstanceType<typeof common.Envelope>

/** How one deliver method answers. */
export interface DeliverAnswers<Response> {
  block(bytes: Uint8Array, reader: Identity): Response | Promise<Response>
  status(status: number): Response
}

/** Serves a deliver stream: for each signed request the blocks asked for and then a status, as Fabric's nodes do. */
export function deliverStream<Response>(
  channel: Channel,
  policy: ReadAccess,
  answers: DeliverAnswers<Response>,
): (call: ServerDuplexStream<Envelope, Response>) => void {
  return (call) => {
    const gone = new AbortController()
    for (const event of ['cancelled', 'close', 'error'] as const) {
      call.on(event, () => {
        gone.abort()
      })
    }
    void serve(call, gone.signal, channel, policy, answers)
  }
}

async function serve<Response>(
  call: ServerDuplexStream<Envelope, Response>,
  signal: AbortSignal,
  channel: Channel,
  policy: ReadAccess,
  answers: DeliverAnswers<Response>,
): Promise<void> {
  const send = async (response: Response): Promise<void> => {
    if (!call.write(response)) await drained(call, signal)
  }
  try {
    for await (const envelope of call as AsyncIterable<Envelope>) {
      const status = await answer(envelope, send, { channel, policy, answers, signal })
      if (signal.aborted) return
      await send(answers.status(status))
      if (status !== common.Status.SUCCESS) break
    }
  } catch (error) {
    // The client may have gone away in the middle of a request, or have sent what is no message
    if (!signal.aborted) report(error)
  }
  if (!signal.aborted) call.end()
}

/** The client learns only that something is wrong here; whoever runs the network must learn what. */
function report(error: unknown): void {
  process.emitWarning(
    `a stream of blocks failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
  )
}

interface Request<Response> {
  channel: Channel
  policy: ReadAccess
  answers: DeliverAnswers<Response>
  signal: AbortSignal
}

async function answer<Response>(
  envelope: Envelope,
  send: (response: Response) => Promise<void>,
  { channel, policy, answers, signal }: Request<Response>,
): Promise<number> {
  try {
    const { from, to, failIfNotReady, headersOnly, reader } = await openSeek(channel, envelope, policy)
    const last = failIfNotReady ? Math.min(to, channel.ledger.height - 1) : to
    let judgedUnder = channel.config
    for await (const bytes of followBlocks(channel.ledger, { from, to: last, signal })) {
      if (judgedUnder !== channel.config) {
        judgedUnder = channel.config
        await requireReader(channel, envelope, policy)
      }
      await send(await answers.block(headersOnly ? withoutData(bytes) : bytes, reader))
    }
    return last < to ? common.Status.NOT_FOUND : common.Status.SUCCESS
  } catch (error) {
    if (error instanceof SeekRefused) return error.status
    if (error instanceof LedgerError && error.code === 'CLOSED') return common.Status.SERVICE_UNAVAILABLE
    report(error)
    return common.Status.INTERNAL_SERVER_ERROR
  }
}

/** A block's header and metadata. A configuration block keeps its data, since who reads headers goes by it. */
function withoutData(bytes: Uint8Array): Uint8Array {
  const block = parseBlock(bytes)
  return isConfigBlock(block) ? bytes : encodeBlock({ ...block, data: [] })
}
