import { peer } from '@hyperledger/fabric-protos'
import type { MetadataEntry } from '../ledger/index.js'
import type { Invocation } from './invocation.js'
import { privateSource, streamedQuery } from './query.js'

/** What a request on private data names; the generated classes have these in common. */
interface KeyRequest {
  getCollection(): string
  getKey(): string
}

export async function get(request: KeyRequest, invocation: Invocation): Promise<Uint8Array | undefined> {
  await requireRead(request, invocation)
  return invocation.simulator.private.get(invocation.namespace, request.getCollection(), request.getKey())
}

/** The hash of a value is public, so that members need not be asked for. */
export async function getHash(payload: Uint8Array, invocation: Invocation): Promise<Uint8Array | undefined> {
  const request = peer.GetState.deserializeBinary(payload)
  refuseInInit(invocation)
  await invocation.access.lookUp(invocation.namespace)
  return invocation.simulator.private.getHash(invocation.namespace, request.getCollection(), request.getKey())
}

export async function put(
  request: KeyRequest & { getValue_asU8(): Uint8Array },
  invocation: Invocation,
): Promise<undefined> {
  await requireWrite(request, invocation)
  const { simulator, namespace } = invocation
  await simulator.private.put(namespace, request.getCollection(), request.getKey(), request.getValue_asU8())
}

export async function remove(request: KeyRequest, invocation: Invocation): Promise<undefined> {
  await requireWrite(request, invocation)
  await invocation.simulator.private.delete(invocation.namespace, request.getCollection(), request.getKey())
}

export async function purge(payload: Uint8Array, invocation: Invocation): Promise<undefined> {
  const request = peer.PurgePrivateState.deserializeBinary(payload)
  if (request.getCollection() === '') throw new Error('only applicable for private data')
  await requireWrite(request, invocation)
  await invocation.simulator.private.purge(invocation.namespace, request.getCollection(), request.getKey())
}

export async function getMetadata(request: KeyRequest, invocation: Invocation): Promise<MetadataEntry[]> {
  await requireRead(request, invocation)
  return invocation.simulator.private.getMetadata(invocation.namespace, request.getCollection(), request.getKey())
}

export async function putMetadata(
  request: KeyRequest,
  entries: MetadataEntry[],
  invocation: Invocation,
): Promise<undefined> {
  await requireWrite(request, invocation)
  const { simulator, namespace } = invocation
  await simulator.private.putMetadata(namespace, request.getCollection(), request.getKey(), entries)
}

export async function range(
  request: InstanceType<typeof peer.GetStateByRange>,
  invocation: Invocation,
): Promise<Uint8Array> {
  const collection = request.getCollection()
  refuseInInit(invocation)
  const { simulator, namespace } = invocation
  await invocation.access.requireRead(namespace, collection)
  const rows = await simulator.private.range(namespace, collection, request.getStartkey(), request.getEndkey())
  const query = streamedQuery(privateSource(namespace, rows), invocation.closeIterator)
  return query.page(invocation.addIterator(query))
}

/** Refused by the peer's database, after everything that is refused before that. */
export async function richQuery(collection: string, invocation: Invocation): Promise<never> {
  refuseInInit(invocation)
  await invocation.access.requireRead(invocation.namespace, collection)
  await invocation.simulator.private.range(invocation.namespace, collection, '', '')
  throw new Error('ExecuteQuery not supported for leveldb')
}

async function requireRead(request: KeyRequest, invocation: Invocation): Promise<void> {
  refuseInInit(invocation)
  await invocation.access.requireRead(invocation.namespace, request.getCollection())
}

async function requireWrite(request: KeyRequest, invocation: Invocation): Promise<void> {
  refuseInInit(invocation)
  await invocation.access.requireWrite(invocation.namespace, request.getCollection())
}

function refuseInInit({ isInit }: Invocation): void {
  if (isInit) throw new Error('private data APIs are not allowed in chaincode Init()')
}
