import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { connect, type Client } from '@caizheng/client-sdk'
import { nodesBelow, proportionalMemory } from './memory.js'
import type { FromNetwork, ToNetwork } from './messages.js'

/** Which network: ours in one process, or the processes of real Fabric. */
export type Kind = 'embedded' | 'fabric'

/** A network in a process of its own, and a client of it in this one. */
export interface RunningNetwork {
  readonly client: Client
  /** The trust file that its receipts are verified against. */
  readonly trust: Uint8Array
  /** From the start of its process to its first commit. */
  readonly millisecondsToFirstCommit: number
  /** Resident memory of its process, in MiB. */
  memory(): Promise<number>
  /**
   * Memory of all that makes up the network, in MiB: the one process of the embedded network; peers, orderers and
   * chaincodes of real Fabric, without the process that started them. Pages that several share are counted once.
   */
  memoryOfAll(): Promise<number>
  /** Ends it and removes its data. */
  stop(): Promise<void>
}

const program = fileURLToPath(new URL('./network-process.js', import.meta.url))

/**
 * Starts a fresh network.
 *
 * @param parent folder in which its data is kept until it is stopped
 * @param policy endorsement policy of the chaincode; two of three departments by default
 */
export async function runNetwork(parent: string, policy?: string, kind: Kind = 'embedded'): Promise<RunningNetwork> {
  const folder = await mkdtemp(path.join(parent, 'network-'))
  const child = fork(program, [kind, folder, ...(policy === undefined ? [] : [policy])])
  const up = await next(child)
  if (up.kind !== 'up') throw new Error(`the network's process said ${up.kind} first`)
  const client = await connect({ profile: up.profile })
  const trust = await readFile(up.trust)
  return {
    client,
    trust,
    millisecondsToFirstCommit: up.milliseconds,
    async memory() {
      ask(child, { kind: 'memory' })
      const answer = await next(child)
      if (answer.kind !== 'memory') throw new Error(`the network's process said ${answer.kind}`)
      return answer.mebibytes
    },
    async memoryOfAll() {
      const { pid = 0 } = child
      const processes = kind === 'embedded' ? [pid] : await nodesBelow(pid)
      const sizes = await Promise.all(processes.map(proportionalMemory))
      return sizes.reduce((sum, size) => sum + size, 0)
    },
    async stop() {
      client.close()
      const ended = once(child, 'exit')
      ask(child, { kind: 'stop' })
      await ended
      await rm(folder, { recursive: true })
    },
  }
}

async function next(child: ChildProcess): Promise<FromNetwork> {
  const waiting = new AbortController()
  const died = once(child, 'exit', { signal: waiting.signal }).then(([code]) => {
    throw new Error(`the network's process ended with ${String(code)}`)
  })
  try {
    const [message] = (await Promise.race([once(child, 'message', { signal: waiting.signal }), died])) as [FromNetwork]
    return message
  } finally {
    died.catch(() => undefined)
    waiting.abort()
  }
}

function ask(child: ChildProcess, message: ToNetwork): void {
  child.send(message)
}
