import { once } from 'node:events'
import { createServer as createHttpServer } from 'node:http'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { expect } from 'chai'
import { assertPortFree } from '../src/port.js'
import { StartError } from '../src/start-error.js'

describe('the port', () => {
  let server: Server

  async function listen(listening: Server): Promise<number> {
    server = listening
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return (server.address() as AddressInfo).port
  }
  afterEach(() => server.close())

  it('may be free', async () => {
    const port = await listen(createServer())
    server.close()
    await once(server, 'close')
    await assertPortFree(port)
  })

  it("may be another program's", async () => {
    const port = await listen(createHttpServer((_, response) => response.writeHead(404).end('Not Found')))
    const error = await assertPortFree(port).catch((reason: unknown) => reason)
    expect(error).to.be.instanceOf(StartError).with.property('code', 'PORT_IN_USE')
    expect((error as Error).message)
      .to.include(`Port ${port}`)
      .and.include('--port N')
      .and.not.include('\n')
  })

  it('may be held by one that accepts and says nothing', async () => {
    const port = await listen(createServer((socket) => socket.on('error', () => undefined)))
    const error = await assertPortFree(port).catch((reason: unknown) => reason)
    expect(error).to.have.property('code', 'PORT_IN_USE')
  })
})
