import { Server, ServerCredentials, type ServerDuplexStream } from '@grpc/grpc-js'
import { peer } from '@hyperledger/fabric-protos'
import { mutate, noise, type Random } from './mutate.js'

const { Type } = peer.ChaincodeMessage

type Call = ServerDuplexStream<Buffer, Buffer>

/** A chaincode server that answers its peer with damaged messages, and sometimes registers with one. */
export class EvilChaincode {
  address = ''
  readonly #server = new Server()

  constructor(
    private readonly packageId: string,
    private readonly random: Random,
  ) {
    const pass = (bytes: Buffer): Buffer => bytes
    const path = '/protos.Chaincode/Connect'
    const streams = { path, requestStream: true, responseStream: true }
    const bytes = {
      requestSerialize: pass,
      requestDeserialize: pass,
      responseSerialize: pass,
      responseDeserialize: pass,
    }
    this.#server.addService(
      { Connect: { ...streams, ...bytes } },
      {
        Connect: (call: Call) => {
          this.#serve(call)
        },
      },
    )
  }

  async start(): Promise<void> {
    this.address = await new Promise((resolve, reject) => {
      this.#server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) => {
        if (error) reject(error)
        else resolve(`127.0.0.1:${String(port)}`)
      })
    })
  }

  stop(): void {
    this.#server.forceShutdown()
  }

  #serve(call: Call): void {
    call.on('error', () => undefined)
    call.on('data', (bytes: Buffer) => {
      const message = peer.ChaincodeMessage.deserializeBinary(bytes)
      const type = message.getType()
      if (type === Type.TRANSACTION || type === Type.INIT) this.#answer(call, message)
    })
    call.on('end', () => {
      call.end()
    })
    const id = new peer.ChaincodeID()
    id.setName(this.packageId)
    const register = messageOf(Type.REGISTER, id.serializeBinary())
    if (this.random() > 0.2) {
      call.write(register)
      return
    }
    call.write(Buffer.from(mutate(register, this.random)))
    setTimeout(() => {
      call.end()
    }, 5)
  }

  #answer(call: Call, transaction: InstanceType<typeof peer.ChaincodeMessage>): void {
    const [txId, channel] = [transaction.getTxid(), transaction.getChannelId()]
    const requests = requestsOf()
    for (let i = 0; i < 4; i += 1) {
      const [type, payload] = requests[Math.floor(this.random() * requests.length)] ?? [
        Type.GET_STATE,
        noise(4, this.random),
      ]
      const damaged = this.random() < 0.6 ? mutate(payload, this.random) : payload
      const message = messageOf(type, damaged, txId, channel)
      call.write(this.random() < 0.4 ? Buffer.from(mutate(message, this.random)) : message)
    }
    // In the end it says that it has failed, so that nobody has to wait out a timeout.
    setTimeout(() => {
      call.write(messageOf(Type.ERROR, Buffer.from('evil'), txId, channel))
    }, 5)
  }
}

function messageOf(type: number, payload: Uint8Array, txId = '', channel = ''): Buffer {
  const message = new peer.ChaincodeMessage()
  message.setType(type as 0)
  message.setPayload(payload)
  message.setTxid(txId)
  message.setChannelId(channel)
  return Buffer.from(message.serializeBinary())
}

/** One valid request of each kind. */
function requestsOf(): [number, Uint8Array][] {
  const fields = (...parts: [number, string][]): Uint8Array =>
    Buffer.concat(parts.flatMap(([tag, text]) => [Buffer.from([tag * 8 + 2, text.length]), Buffer.from(text)]))
  const metadata = fields([1, 'VALIDATION_PARAMETER'], [2, 'value'])
  const response = Buffer.concat([Buffer.from([8, 0xc8, 1]), fields([3, 'result'])])
  const called = fields([2, fields([2, 'probe']).toString()], [3, fields([1, 'Get'], [1, 'key']).toString()])
  return [
    [Type.GET_STATE, fields([1, 'key'])],
    [Type.GET_STATE, fields([1, 'key'], [2, 'both'])],
    [Type.PUT_STATE, fields([1, 'key'], [2, 'value'])],
    [Type.PUT_STATE, fields([1, 'key'], [2, 'value'], [3, 'both'])],
    [Type.DEL_STATE, fields([1, 'key'])],
    [Type.GET_STATE_BY_RANGE, fields([1, 'a'], [2, 'z'])],
    [Type.GET_STATE_BY_RANGE, fields([1, 'a'], [2, 'z'], [3, 'both'])],
    [Type.GET_STATE_BY_RANGE, Buffer.concat([fields([1, 'a'], [2, 'z']), Buffer.from([0x22, 2, 8, 5])])],
    [Type.QUERY_STATE_NEXT, fields([1, 'no-such'])],
    [Type.QUERY_STATE_CLOSE, fields([1, 'no-such'])],
    [Type.GET_HISTORY_FOR_KEY, fields([1, 'key'])],
    [Type.GET_STATE_METADATA, fields([1, 'key'])],
    [Type.PUT_STATE_METADATA, fields([1, 'key'], [3, metadata.toString()])],
    [Type.GET_PRIVATE_DATA_HASH, fields([1, 'key'], [2, 'both'])],
    [Type.PURGE_PRIVATE_DATA, fields([1, 'key'], [2, 'both'])],
    [Type.GET_QUERY_RESULT, fields([1, '{}'])],
    [Type.INVOKE_CHAINCODE, called],
    [Type.COMPLETED, response],
    [Type.ERROR, Buffer.from('failed')],
    [Type.KEEPALIVE, new Uint8Array()],
    [Type.REGISTER, fields([1, 'again'])],
  ]
}
