import type { Text } from '@caizheng/evidence'
import {
  parseAnchor,
  parseAnchorRequest,
  parseBatch,
  type Anchor,
  type AnchorRequest,
  type BatchRecord,
} from '@caizheng/records'
import { errorAt } from '../errors/caizheng-error.js'
import { reasonOf } from '../errors/reason.js'

/** What a gateway knows of a digest: the chain's anchors, and its own batches, whose leaves no one else has. */
export interface FoundAtGateway {
  readonly anchors: readonly { readonly block: number; readonly anchor: Anchor }[]
  readonly batched: readonly {
    readonly block: number
    readonly leaf: number
    readonly document: AnchorRequest
    readonly batch: BatchRecord
  }[]
  /** Accepted by this gateway and not on the chain, or refused by it. */
  readonly pending: readonly ('QUEUED' | 'REFUSED')[]
}

const TIMEOUT = 15_000

/**
 * Asks a department's gateway for a digest. A token is read from CAIZHENG_TOKEN: an argument would be seen by everyone on the machine.
 *
 * @returns undefined where the gateway knows none
 * @throws {ConnectError} `NOT_REACHABLE`, or `NOT_PERMITTED` without the right token
 */
export async function findAtGateway(
  gateway: string,
  digest: string,
  token?: string,
): Promise<FoundAtGateway | undefined> {
  const response = await ask(gateway, `/v1/documents/${digest}`, token)
  const body = await response.json().catch(() => undefined)
  if (response.status === 401 || response.status === 403)
    throw errorAt('connect', 'NOT_PERMITTED', `${gateway} asks for a token: set CAIZHENG_TOKEN`)
  if (response.status === 404 && (body as { code?: unknown } | undefined)?.code === 'DOCUMENT_UNKNOWN') return undefined
  try {
    if (!response.ok) throw new Error(`status ${response.status}`)
    return read(body)
  } catch (cause) {
    throw errorAt('connect', 'NOT_REACHABLE', `${gateway} gave no answer that a gateway gives: ${reasonOf(cause)}`, {
      cause,
    })
  }
}

/** What the gateway calls the organisations; none where it doesn't say. */
export async function namesAtGateway(gateway: string, token?: string): Promise<ReadonlyMap<string, Text>> {
  try {
    const answer = (await (await ask(gateway, '/v1/network', token)).json()) as {
      organizations: { mspId: string; name?: Text }[]
    }
    return new Map(answer.organizations.flatMap(({ mspId, name }) => (isPlain(name) ? [[mspId, name]] : [])))
  } catch {
    return new Map()
  }
}

async function ask(gateway: string, path: string, token: string | undefined): Promise<Response> {
  const headers = { accept: 'application/json', ...(token && { authorization: `Bearer ${token}` }) }
  try {
    return await fetch(new URL(path, gateway), { headers, signal: AbortSignal.timeout(TIMEOUT), redirect: 'error' })
  } catch (cause) {
    throw errorAt('connect', 'NOT_REACHABLE', `${gateway}: ${reasonOf(cause)}`, { cause })
  }
}

/** Records are read as the contract's are: nothing else of an answer reaches the terminal. */
function read(body: unknown): FoundAtGateway {
  const { anchors, batched, pending } = body as Record<'anchors' | 'batched' | 'pending', Record<string, unknown>[]>
  return {
    anchors: anchors.map(({ block, anchor }) => ({ block: Number(block), anchor: parseAnchor(anchor) })),
    batched: batched.map(({ block, leaf, document, batch }) => ({
      block: Number(block),
      leaf: Number(leaf),
      document: parseAnchorRequest(document),
      batch: parseBatch(batch),
    })),
    pending: pending.map(({ state }) => (state === 'REFUSED' ? 'REFUSED' : 'QUEUED')),
  }
}

function isPlain(name: Text | undefined): name is Text {
  return name !== undefined && [name.zh, name.en].every((text) => /^[^\p{C}\p{Zl}\p{Zp}]{1,100}$/u.test(text))
}
