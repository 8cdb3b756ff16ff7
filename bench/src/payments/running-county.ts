import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { connect, type Client } from '@caizheng/client-sdk'
import type { Kind } from '../network/running-network.js'
import type { Ready } from './messages.js'

/** A county in a process of its own, and a client of the one who applies for payments. */
export interface RunningCounty extends Pick<Ready, 'request' | 'rows'> {
  readonly client: Client
  /** Ends it and removes its data. */
  stop(): Promise<void>
}

const program = fileURLToPath(new URL('./county-process.js', import.meta.url))

/** Starts a fresh county. @param parent folder in which its data is kept until it is stopped; inside the project */
export async function runCounty(parent: string, kind: Kind): Promise<RunningCounty> {
  const folder = await mkdtemp(path.join(parent, 'county-'))
  const child = fork(program, [kind, folder])
  const ended = once(child, 'exit')
  const died = ended.then(([code]) => {
    throw new Error(`the county's process ended with ${String(code)}`)
  })
  died.catch(() => undefined)
  const [{ profile, request, rows }] = (await Promise.race([once(child, 'message'), died])) as [Ready]
  const client = await connect({ profile })
  return {
    client,
    request,
    rows,
    async stop() {
      client.close()
      child.disconnect()
      await ended
      await rm(folder, { recursive: true })
    },
  }
}
