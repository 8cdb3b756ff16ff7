import {
  Client,
  credentials,
  Metadata,
  Server,
  ServerCredentials,
  type handleUnaryCall,
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
 * A bad line between a client and its peer: passes every request on, byte for byte, and loses what a test wants lost. What
 * goes wrong at the nodes themselves, the network's own `faults` do.
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

  constructor(peer: string) {
    this.#peer = new Client(peer, credentials.createInsecure(), { 'grpc.max_receive_message_length': -1 })
    const methods: readonly GatewayMethod[] = ['Evaluate', 'Endorse', 'Submit', 'CommitStatus']
    this.#server.addService(
      Object.fromEntries(methods.map((method) => [method, definition(`/gateway.Gateway/${method}`)])),
      Object.fromEntries(methods.map((method) => [method, this.#unary(method)])),
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
}

function definition(path: string) {
  const same = (bytes: Buffer) => bytes
  return {
    path,
    requestStream: false,
    responseStream: false,
    requestSerialize: same,
    requestDeserialize: same,
    responseSerialize: same,
    responseDeserialize: same,
  }
}

function errorOf(code: number, details: string): ServiceError {
  return Object.assign(new Error(details), { code, details, metadata: new Metadata() })
}
