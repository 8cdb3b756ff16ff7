import { common, orderer } from '@hyperledger/fabric-protos'
import { clientTo, type NodeEndpoint } from './endpoints.js'

/** What an orderer answers to an envelope. */
export interface BroadcastReply {
  /** Of Fabric's `common.Status`: 200, 400, 403, 404, 503. */
  readonly status: number
  /** Why it was refused. */
  readonly info: string
}

const DEADLINE = 30_000

/** Hands an envelope to an orderer, as any client may. @throws ServiceError where the orderer can't be reached */
export async function broadcast(endpoint: NodeEndpoint, envelope: Uint8Array): Promise<BroadcastReply> {
  const client = clientTo(endpoint)
  try {
    return await new Promise<BroadcastReply>((resolve, reject) => {
      const call = client.makeBidiStreamRequest(
        '/orderer.AtomicBroadcast/Broadcast',
        (bytes: Buffer) => bytes,
        (bytes: Buffer) => orderer.BroadcastResponse.deserializeBinary(bytes),
        { deadline: Date.now() + DEADLINE },
      )
      call.on('data', (response: InstanceType<typeof orderer.BroadcastResponse>) => {
        resolve({ status: response.getStatus(), info: response.getInfo() })
        call.end()
      })
      call.on('error', reject)
      call.on('end', () => {
        reject(new Error('the orderer ended the stream without an answer'))
      })
      call.write(Buffer.from(envelope))
    })
  } finally {
    client.close()
  }
}

/**
 * Hands an envelope to several orderers at once, so that it does not wait for one that is not the leader.
 *
 * @returns a success where there is one, else the first refusal
 */
export async function broadcastToAll(
  endpoints: readonly NodeEndpoint[],
  envelope: Uint8Array,
): Promise<BroadcastReply> {
  const answers = await Promise.allSettled(endpoints.map((endpoint) => broadcast(endpoint, envelope)))
  const replies = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []))
  const reply = replies.find(({ status }) => status === Number(common.Status.SUCCESS)) ?? replies[0]
  if (reply) return reply
  throw answers.find((answer) => answer.status === 'rejected')?.reason ?? new Error('the channel has no orderers')
}
