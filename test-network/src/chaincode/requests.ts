import { peer } from '@hyperledger/fabric-protos'
import type { Invocation } from './invocation.js'
import { errorTo, MessageType, responseTo, type ChaincodeMessage } from './messages.js'
import * as privateData from './private-requests.js'
import { historySource, pagedQuery, rangeSource, streamedQuery } from './query.js'

type Handler = (payload: Uint8Array, invocation: Invocation) => Promise<Uint8Array | undefined>

/** What a chaincode may ask of its peer while it runs, and who answers. */
const handlers = new Map<number, Handler>([
  [MessageType.GET_STATE, getState],
  [MessageType.PUT_STATE, putState],
  [MessageType.DEL_STATE, deleteState],
  [MessageType.GET_STATE_BY_RANGE, getStateByRange],
  [MessageType.QUERY_STATE_NEXT, nextPage],
  [MessageType.QUERY_STATE_CLOSE, closeQuery],
  [MessageType.GET_HISTORY_FOR_KEY, getHistory],
  [MessageType.GET_STATE_METADATA, getMetadata],
  [MessageType.PUT_STATE_METADATA, putMetadata],
  [MessageType.INVOKE_CHAINCODE, invokeChaincode],
  [MessageType.GET_QUERY_RESULT, richQuery],
  [MessageType.GET_PRIVATE_DATA_HASH, privateData.getHash],
  [MessageType.PURGE_PRIVATE_DATA, privateData.purge],
])

/** Answers one request of a running chaincode; never rejects: a failure is an ERROR message. */
export async function answerRequest(request: ChaincodeMessage, invocation: Invocation): Promise<ChaincodeMessage> {
  try {
    const handler = handlers.get(request.getType())
    if (!handler) return errorTo(request, 'unknown request')
    return responseTo(request, await handler(request.getPayload_asU8(), invocation))
  } catch (error) {
    return errorTo(request, error instanceof Error ? error.message : String(error))
  }
}

async function getState(payload: Uint8Array, invocation: Invocation): Promise<Uint8Array | undefined> {
  const request = peer.GetState.deserializeBinary(payload)
  if (request.getCollection() !== '') return privateData.get(request, invocation)
  return invocation.simulator.get(invocation.namespace, request.getKey())
}

async function putState(payload: Uint8Array, invocation: Invocation): Promise<undefined> {
  const request = peer.PutState.deserializeBinary(payload)
  if (request.getCollection() !== '') return privateData.put(request, invocation)
  await invocation.simulator.put(invocation.namespace, request.getKey(), request.getValue_asU8())
}

async function deleteState(payload: Uint8Array, invocation: Invocation): Promise<undefined> {
  const request = peer.DelState.deserializeBinary(payload)
  if (request.getCollection() !== '') return privateData.remove(request, invocation)
  await invocation.simulator.delete(invocation.namespace, request.getKey())
}

async function getStateByRange(payload: Uint8Array, invocation: Invocation): Promise<Uint8Array> {
  const request = peer.GetStateByRange.deserializeBinary(payload)
  if (request.getCollection() !== '') return privateData.range(request, invocation)
  const { simulator, namespace } = invocation
  const metadata = peer.QueryMetadata.deserializeBinary(request.getMetadata_asU8())
  const [pageSize, bookmark] = [metadata.getPagesize(), metadata.getBookmark()]
  if (pageSize !== 0 || bookmark !== '') {
    const range = simulator.pagedRange(namespace, bookmark || request.getStartkey(), request.getEndkey())
    return pagedQuery(range, pageSize)
  }
  const range = simulator.range(namespace, request.getStartkey(), request.getEndkey())
  const query = streamedQuery(rangeSource(namespace, range), invocation.closeIterator)
  return query.page(invocation.addIterator(query))
}

async function getHistory(payload: Uint8Array, invocation: Invocation): Promise<Uint8Array> {
  const key = peer.GetHistoryForKey.deserializeBinary(payload).getKey()
  const history = invocation.simulator.history(invocation.namespace, key)
  const query = streamedQuery(historySource(history), invocation.closeIterator)
  return query.page(invocation.addIterator(query))
}

async function nextPage(payload: Uint8Array, invocation: Invocation): Promise<Uint8Array> {
  const id = peer.QueryStateNext.deserializeBinary(payload).getId()
  const query = invocation.iterator(id)
  if (!query) throw new Error('query iterator not found')
  return query.page(id)
}

function closeQuery(payload: Uint8Array, invocation: Invocation): Promise<Uint8Array> {
  const id = peer.QueryStateClose.deserializeBinary(payload).getId()
  invocation.closeIterator(id)
  const response = new peer.QueryResponse()
  response.setId(id)
  return Promise.resolve(response.serializeBinary())
}

async function getMetadata(payload: Uint8Array, invocation: Invocation): Promise<Uint8Array> {
  const request = peer.GetStateMetadata.deserializeBinary(payload)
  const entries =
    request.getCollection() === ''
      ? await invocation.simulator.getMetadata(invocation.namespace, request.getKey())
      : await privateData.getMetadata(request, invocation)
  const result = new peer.StateMetadataResult()
  result.setEntriesList(
    entries.map(({ name, value }) => {
      const entry = new peer.StateMetadata()
      entry.setMetakey(name)
      entry.setValue(value)
      return entry
    }),
  )
  return result.serializeBinary()
}

async function putMetadata(payload: Uint8Array, invocation: Invocation): Promise<undefined> {
  const request = peer.PutStateMetadata.deserializeBinary(payload)
  const metadata = request.getMetadata()
  if (!metadata) throw new Error('the request carries no metadata')
  const entries = [{ name: metadata.getMetakey(), value: metadata.getValue_asU8() }]
  if (request.getCollection() !== '') return privateData.putMetadata(request, entries, invocation)
  await invocation.simulator.putMetadata(invocation.namespace, request.getKey(), entries)
}

function invokeChaincode(payload: Uint8Array, invocation: Invocation): Promise<Uint8Array> {
  const specification = peer.ChaincodeSpec.deserializeBinary(payload)
  // The name may read "name:version/channel"; the version has no meaning any more.
  const full = specification.getChaincodeId()?.getName() ?? ''
  const [instance = '', channel = invocation.channel] = full.split('/', 2)
  const name = instance.split(':', 1)[0] ?? ''
  if (channel !== invocation.channel) throw new Error(`failed to find ledger for channel: ${channel}`)
  return invocation.call(name, specification.getInput()?.getArgsList_asU8() ?? [], invocation)
}

/** Rich queries need a document database; a peer on LevelDB refuses them with these sentences. */
async function richQuery(payload: Uint8Array, invocation: Invocation): Promise<never> {
  const collection = peer.GetQueryResult.deserializeBinary(payload).getCollection()
  if (collection !== '') await privateData.richQuery(collection, invocation)
  throw new Error('ExecuteQuery not supported for leveldb')
}
