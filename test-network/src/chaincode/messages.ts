import { peer } from '@hyperledger/fabric-protos'

/** One message of the chaincode stream, as the generated class of fabric-protos. */
export type ChaincodeMessage = InstanceType<typeof peer.ChaincodeMessage>

/** The types of message, by name. */
export const MessageType = peer.ChaincodeMessage.Type

export type MessageTypeCode = (typeof MessageType)[keyof typeof MessageType]

/** Names of the message types, for error texts: `GET_STATE`, `PUT_STATE`, … */
export function messageTypeName(type: number): string {
  return Object.entries(MessageType).find(([, code]) => code === type)?.[0] ?? `type ${String(type)}`
}

/** Which transaction a message belongs to. */
export interface TransactionKey {
  channel: string
  txId: string
}

/** Builds a message; `payload` is the serialized body that the type calls for. */
export function chaincodeMessage(type: MessageTypeCode, key?: TransactionKey, payload?: Uint8Array): ChaincodeMessage {
  const message = new peer.ChaincodeMessage()
  message.setType(type)
  if (key) {
    message.setChannelId(key.channel)
    message.setTxid(key.txId)
  }
  if (payload) message.setPayload(payload)
  return message
}

/** The peer's answer to a request of the chaincode. */
export function responseTo(request: ChaincodeMessage, payload?: Uint8Array): ChaincodeMessage {
  return chaincodeMessage(MessageType.RESPONSE, keyOf(request), payload)
}

/** The peer's refusal of a request of the chaincode, worded as Fabric words it. */
export function errorTo(request: ChaincodeMessage, reason: string): ChaincodeMessage {
  const text = `${messageTypeName(request.getType())} failed: transaction ID: ${request.getTxid()}: ${reason}`
  return chaincodeMessage(MessageType.ERROR, keyOf(request), Buffer.from(text))
}

export function keyOf(message: ChaincodeMessage): TransactionKey {
  return { channel: message.getChannelId(), txId: message.getTxid() }
}
