import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'
import type { ConsortiumDefinition } from '@caizheng/test-network'

/*
 * Below the range that operating systems take the ports of outgoing connections from (32768 on Linux): one of those
 * could take a port between our look and the node's start. Random, so that networks started at once miss each other.
 */
const LOWEST = 20_000
const HIGHEST = 32_000

/**
 * Finds ports of 127.0.0.1 that nobody listens on.
 *
 * @param taken - promised to someone who doesn't listen yet
 * @throws Error when there are not so many
 */
export async function freePorts(count: number, taken: readonly number[] = []): Promise<number[]> {
  const found = new Set<number>()
  for (let tries = 0; found.size < count; tries += 1) {
    if (tries > 50 * count) throw new Error(`No ${String(count)} free ports from ${String(LOWEST)} were found`)
    const port = randomInt(LOWEST, HIGHEST)
    if (!found.has(port) && !taken.includes(port) && (await isFree(port))) found.add(port)
  }
  return [...found]
}

/**
 * The same consortium on ports that are free now, on this machine. The ports of a channel's nodes stand in its first
 * block, so they are chosen before it is made.
 */
export async function onFreePorts(definition: ConsortiumDefinition): Promise<ConsortiumDefinition> {
  const ports = await freePorts(definition.organizations.length + definition.consenters.length)
  const next = (): number => ports.pop() ?? 0
  return {
    ...definition,
    organizations: definition.organizations.map((it) =>
      it.peer === undefined ? it : { ...it, peer: { host: '127.0.0.1', port: next() } },
    ),
    consenters: definition.consenters.map((it) => ({ ...it, host: '127.0.0.1', port: next() })),
  }
}

/** Every port that the definition's nodes listen on. */
export const portsOf = ({ organizations, consenters }: ConsortiumDefinition): number[] => [
  ...organizations.flatMap(({ peer }) => (peer ? [peer.port] : [])),
  ...consenters.map(({ port }) => port),
]

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => {
      resolve(false)
    })
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      server.close(() => {
        resolve(true)
      })
    })
  })
}
