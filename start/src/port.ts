import { createServer } from 'node:net'
import { StartError } from './start-error.js'

/**
 * Makes sure that a port can be listened on, before anything else is started.
 *
 * @throws {StartError} `PORT_IN_USE`
 */
export async function assertPortFree(port: number): Promise<void> {
  const failure = await listenOnce(port)
  if (failure === undefined) return
  if (failure.code === 'EACCES') {
    throw new StartError('PORT_IN_USE', `Port ${port} needs privileges: choose one above 1023 with --port N.`)
  }
  throw new StartError(
    'PORT_IN_USE',
    `Port ${port} is in use by another program: stop that, or choose another with --port N.`,
  )
}

function listenOnce(port: number): Promise<NodeJS.ErrnoException | undefined> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', resolve)
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => server.close(() => resolve(undefined)))
  })
}
