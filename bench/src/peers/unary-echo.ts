import { once } from 'node:events'
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { Client, credentials } from '@grpc/grpc-js'
import { type Measurement } from '../measurement.js'
import { percentile, rateOf, timeEach } from '../timing.js'
import { echoPath } from './echo-service.js'

/** A gRPC call that does nothing, to a process of its own, over 127.0.0.1: what a call costs before any work. */
export async function unaryEcho(): Promise<{ one: Measurement; oneRate: Measurement; many: Measurement }> {
  const server = fork(fileURLToPath(new URL('./echo-process.js', import.meta.url)))
  const [port] = (await once(server, 'message')) as [number]
  const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure())
  const payload = Buffer.alloc(1024, 7)
  const same = (buffer: Buffer): Buffer => buffer
  const echo = (): Promise<void> =>
    new Promise((resolve, reject) => {
      client.makeUnaryRequest(echoPath, same, same, payload, (error) => (error ? reject(error) : resolve()))
    })
  try {
    await rateOf(64, 1000, echo)
    const times = await timeEach(500, echo)
    const oneRate = await rateOf(1, 500, echo)
    const rate = await rateOf(64, 5000, echo)
    return {
      one: { what: 'bare gRPC echo of 1 kB, one at a time, p50', value: percentile(times, 0.5), unit: 'ms' },
      oneRate: { what: 'bare gRPC echo of 1 kB, one at a time', value: oneRate, unit: 'calls/s' },
      many: { what: 'bare gRPC echo of 1 kB, 64 in flight', value: rate, unit: 'calls/s' },
    }
  } finally {
    client.close()
    server.kill()
    await once(server, 'exit')
  }
}
