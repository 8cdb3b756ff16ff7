import process from 'node:process'
import { Server, ServerCredentials, type handleUnaryCall } from '@grpc/grpc-js'
import { echoService } from './echo-service.js'

/** The echo's own process, as the network has one; tells its parent its port. */
const echo: handleUnaryCall<Buffer, Buffer> = (call, answer) => answer(null, call.request)

const server = new Server()
server.addService(echoService, { echo })
server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error
  process.send?.(port)
})
process.on('disconnect', () => server.forceShutdown())
