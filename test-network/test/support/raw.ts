import { createPrivateKey, randomBytes, sign } from 'node:crypto'
import {
  ChannelHeader,
  encode,
  Envelope,
  HeaderType,
  Payload,
  SerializedIdentity,
  SignatureHeader,
  toLowS,
} from '@caizheng/fabric-wire'
import type { Client, ClientDuplexStream, ServiceError } from '@grpc/grpc-js'
import { orderer } from '@hyperledger/fabric-protos'
import type { Connection } from '../../src/index.js'

type Credentials = Pick<Connection, 'mspId' | 'certificate' | 'privateKey' | 'channel'>

const pass = (bytes: Buffer): Buffer => bytes

/** Calls a method with bytes that no library has looked at; resolves with the gRPC status, 0 for success. */
export function callRaw(client: Client, method: string, bytes: Uint8Array, milliseconds = 10_000): Promise<number> {
  return new Promise((resolve) => {
    const options = { deadline: Date.now() + milliseconds }
    client.makeUnaryRequest(method, pass, pass, Buffer.from(bytes), options, (error: ServiceError | null) => {
      resolve(error?.code ?? 0)
    })
  })
}

/** Opens a stream of bytes. Without a listener for `data` nothing is read from it. */
export function streamRaw(client: Client, method: string): ClientDuplexStream<Buffer, Buffer> {
  const stream = client.makeBidiStreamRequest(method, pass, pass)
  stream.on('error', () => undefined)
  return stream
}

export const creatorOf = ({ mspId, certificate }: Credentials): Uint8Array =>
  encode(SerializedIdentity, { mspid: mspId, idBytes: Buffer.from(certificate) })

export const signatureOf = ({ privateKey }: Credentials, bytes: Uint8Array): Uint8Array =>
  toLowS(sign('sha256', bytes, createPrivateKey(privateKey)))

/** The payload of a request for blocks from a number on, to no end. */
export function seekPayload(credentials: Credentials, from: number): Uint8Array {
  const at = (number: number) => {
    const specified = new orderer.SeekSpecified()
    specified.setNumber(number)
    const position = new orderer.SeekPosition()
    position.setSpecified(specified)
    return position
  }
  const seek = new orderer.SeekInfo()
  seek.setStart(at(from))
  seek.setStop(at(Number.MAX_SAFE_INTEGER))
  const channelHeader = encode(ChannelHeader, {
    type: HeaderType.DELIVER_SEEK_INFO,
    channelId: credentials.channel,
    timestamp: { seconds: Math.floor(Date.now() / 1000), nanos: 0 },
  })
  const signatureHeader = encode(SignatureHeader, { creator: creatorOf(credentials), nonce: randomBytes(24) })
  return encode(Payload, { header: { channelHeader, signatureHeader }, data: seek.serializeBinary() })
}

export const signedEnvelope = (credentials: Credentials, payload: Uint8Array): Uint8Array =>
  encode(Envelope, { payload, signature: signatureOf(credentials, payload) })
