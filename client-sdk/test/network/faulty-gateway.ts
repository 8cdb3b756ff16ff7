import {
  Client,
  credentials,
  Metadata,
  Server,
  ServerCredentials,
  status,
  type handleUnaryCall,
  type ServerDuplexStream,
  type ServiceError,
} from '@grpc/grpc-js'

/** What to do with one request. */
export type Fault =
  /** Never reaches the peer. */
  | { readonly refuse: number; readonly message: string }
  /** Reaches the peer; its answer is lost on the way back. */
  | { readonly lose: number; readonly message: string }
  | undefined

export type GatewayMethod = 'Evaluate' | 'Endorse' | 'Submit' | 'CommitStatus'

/**
 * A bad network: passes every request on to a real peer, byte for byte, and loses what a test wants lost.
 * What it can't do is to answer in the peer's place.
 */
export class FaultyGateway {
  /** `host:port` to connect to. */
  address = ''
  /** Requests seen, by method. */
  readonly seen: Record<GatewayMethod, number> = { Evaluate: 0, Endorse: 0, Submit: 0, CommitStatus: 0 }
  /** Requests on their way, and the most there were. */
  running = 0
  most = 0
  /** Decides on each request; `nth` counts this method's from 1. */
  fault: (method: GatewayMethod, nth: number) => Fault = () => undefined
  readonly #peer: Client
  readonly #server = new Server({ 'grpc.max_receive_message_length': -1 })
  readonly #streams = new Set<ServerDuplexStream<Buffer, Buffer>>()

  constructor(peer: string) {
    this.#peer = new Client(peer, credentials.createInsecure(), { 'grpc.max_receive_message_length': -1 })
    const methods: readonly GatewayMethod[] = ['Evaluate', 'Endorse', 'Submit', 'CommitStatus']
    this.#server.addService(
      Object.fromEntries(methods.map((method) => [method, definition(`/gateway.Gateway/${method}`, false)])),
      Object.fromEntries(methods.map((method) => [method, this.#unary(method)])),
    )
    this.#server.addService(
      { Deliver: definition('/protos.Deliver/Deliver', true) },
      { Deliver: (call: ServerDuplexStream<Buffer, Buffer>) => this.#deliver(call) },
    )
  }

  async start(): Promise<void> {
    this.address = await new Promise((resolve, reject) => {
      this.#server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) => {
        if (error === null) resolve(`127.0.0.1:${port}`)
        else reject(error)
      })
    })
  }

  /** Forgets counts and faults. */
  calm(): void {
    this.fault = () => undefined
    for (const method of Object.keys(this.seen) as GatewayMethod[]) this.seen[method] = 0
    this.most = 0
  }

  /** Breaks every stream of blocks, as a peer's restart does. */
  breakStreams(): void {
    for (const stream of this.#streams) {
      stream.emit('error', { code: status.UNAVAILABLE, details: 'the peer went away', metadata: new Metadata() })
    }
  }

  stop(): void {
    this.#server.forceShutdown()
    this.#peer.close()
  }

  #unary(method: GatewayMethod): handleUnaryCall<Buffer, Buffer> {
    return (call, callback) => {
      const fault = this.fault(method, ++this.seen[method])
      if (fault !== undefined && 'refuse' in fault) return callback(errorOf(fault.refuse, fault.message))
      this.most = Math.max(this.most, ++this.running)
      const deadline = call.getDeadline()
      this.#peer.makeUnaryRequest(
        `/gateway.Gateway/${method}`,
        (bytes: Buffer) => bytes,
        (bytes: Buffer) => bytes,
        call.request,
        new Metadata(),
        { deadline },
        (error: ServiceError | null, answer?: Buffer) => {
          this.running--
          if (fault !== undefined) callback(errorOf(fault.lose, fault.message))
          else callback(error, answer)
        },
      )
    }
  }

  #deliver(call: ServerDuplexStream<Buffer, Buffer>): void {
    const peer = this.#peer.makeBidiStreamRequest(
      '/protos.Deliver/Deliver',
      (bytes: Buffer) => bytes,
      (bytes: Buffer) => bytes,
    )
    this.#streams.add(call)
    const end = () => {
      this.#streams.delete(call)
      peer.cancel()
    }
    call.on('data', (bytes: Buffer) => peer.write(bytes))
    call.on('cancelled', end)
    call.on('error', end)
    peer.on('data', (bytes: Buffer) => call.write(bytes))
    peer.on('error', () => call.end())
    peer.on('end', () => call.end())
  }
}

function definition(path: string, stream: boolean) {
  const same = (bytes: Buffer) => bytes
  return {
    path,
    requestStream: stream,
    responseStream: stream,
    requestSerialize: same,
    requestDeserialize: same,
    responseSerialize: same,
    responseDeserialize: same,
  }
}

function errorOf(code: number, details: string): ServiceError {
  return Object.assign(new Error(details), { code, details, metadata: new Metadata() })
}
