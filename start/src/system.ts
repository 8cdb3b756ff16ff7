import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import type { Gateway } from '@caizheng/gateway-api'
import { chaincode, startNetwork, type RunningNetwork } from './network.js'
import type { NetworkKind } from './options.js'
import type { Progress } from './progress.js'
import { writeTrustFile, type TimeStampingAuthority, type WrittenTrust } from './trust-file.js'

/** The chaincodes of business. */
const beside = ['charter', 'payment'] as const

/** The whole system, up. */
export interface System extends RunningNetwork {
  readonly gateway: Gateway
  readonly trust: WrittenTrust
  /** Where the evidence files and the trust file are. */
  readonly evidence: string
}

/**
 * Starts network, chaincode, trust file, gateway and page; what was started ends again where a later part cannot.
 *
 * @param data the data folder, ours alone
 * @param port of the gateway API; 0 takes any free one
 * @param kind embedded, or real Fabric
 * @param authority who time-stamps the evidence
 */
export async function startSystem(
  data: string,
  port: number,
  progress: Progress,
  kind: NetworkKind = 'embedded',
  authority?: TimeStampingAuthority,
): Promise<System> {
  const running = await progress.step('network', () => startNetwork(data, { kind, beside }), describeNetwork)
  try {
    const evidence = path.join(data, 'evidence')
    await mkdir(evidence, { recursive: true })
    const trustPath = path.join(evidence, `${running.network.channel}.trust.json`)
    const trust = await writeTrustFile(trustPath, running.network, [chaincode, ...beside], authority)
    // Loaded now: a web server and its database are nothing that a network waits for
    const { startGateway } = await import('./gateway.js')
    const gateway = await progress.step(
      'gateway',
      () => startGateway(data, running.client, trust.bytes, port, kind, authority?.url),
      ({ url }) => `REST API and page at ${url}`,
    )
    const stop = async (): Promise<void> => {
      await gateway.close()
      await running.stop()
    }
    return { ...running, gateway, trust, evidence, stop }
  } catch (error) {
    await running.stop()
    throw error
  }
}

function describeNetwork({ network }: RunningNetwork): string {
  const { channel, extent, peers, orderers } = network
  return `channel ${channel}: ${peers.size} departments, ${orderers.length} orderers, ${extent}`
}
