import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'

/** A line to a peer that can be cut: then connections break and new ones are refused, as when the network is away. */
export class Line {
  private server: Server | undefined
  private readonly sockets = new Set<Socket>()
  private port = 0

  /** @param peer - `host:port` at the other end */
  constructor(private readonly peer: string) {}

  get address(): string {
    return `127.0.0.1:${this.port}`
  }

  /** Opens the line, at the same port as before. */
  async open(): Promise<void> {
    const [host = '', port = ''] = this.peer.split(':')
    const server = createServer((near) => {
      const far = connect(Number(port), host)
      for (const [socket, other] of [
        [near, far],
        [far, near],
      ] as const) {
        this.sockets.add(socket)
        socket.setNoDelay(true)
        socket.pipe(other)
        socket.on('error', () => other.destroy())
        socket.on('close', () => {
          this.sockets.delete(socket)
          other.destroy()
        })
      }
    })
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve))
    this.port = (server.address() as AddressInfo).port
    this.server = server
  }

  async cut(): Promise<void> {
    const { server } = this
    this.server = undefined
    const closed = new Promise<void>((resolve) => (server === undefined ? resolve() : server.close(() => resolve())))
    for (const socket of this.sockets) socket.destroy()
    await closed
  }
}
