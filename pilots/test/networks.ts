import { chaincodeDefinition, chaincodeNames, type ChaincodeName } from '@caizheng/chaincode'
import { findBinaries, startFabricNetwork } from '@caizheng/network'
import { startTestNetwork, type Connection, type Consortium } from '@caizheng/test-network'

/** What a county needs of a network, whichever it is. */
export interface Network {
  readonly channel: string
  /** Hex SHA-256 of the genesis block's header. */
  readonly id: string
  readonly consortium: Consortium
  /** A client of the organisation with a certificate of its own, whose common name is the name given. */
  connect(mspId: string, role: 'client', name: string): Connection
  /** Its nodes are processes of their own: one may commit a block a moment after another. */
  readonly separate: boolean
  stop(): Promise<void>
}

/** Modules that some organisations run instead of a chaincode's own, by its name and by MSP id. */
export type ChangedBuilds = Readonly<Partial<Record<ChaincodeName, Readonly<Record<string, string>>>>>

/** Starts a network with the three chaincodes as a county defines them. */
export type StartNetwork = (changed?: ChangedBuilds) => Promise<Network>

const definitions = (changed: ChangedBuilds) =>
  chaincodeNames.map((name) => ({
    ...chaincodeDefinition(name),
    programs: Object.fromEntries(Object.entries(changed[name] ?? {}).map(([mspId, module]) => [mspId, { module }])),
  }))

export const startEmbedded = (async (changed: ChangedBuilds = {}) => ({
  ...(await startTestNetwork({ chaincodes: definitions(changed) })),
  separate: false,
})) satisfies StartNetwork

export const startFabric: StartNetwork = async (changed = {}) => ({
  ...(await startFabricNetwork({ chaincodes: definitions(changed) })),
  separate: true,
})

/**
 * The networks that this machine can run, each with the name that its cases carry. Where the binaries of real Fabric are
 * missing, `skipped` says why; where `FABRIC_BIN` is set and wrong, that is a mistake and the cases fail.
 */
export async function networks(): Promise<{ name: string; start: StartNetwork; skipped?: string }[]> {
  const missing = await findBinaries().then(
    () => undefined,
    (error: Error) => error.message,
  )
  const skipped = process.env['FABRIC_BIN'] ? undefined : missing
  return [
    { name: 'embedded', start: startEmbedded },
    { name: 'real Fabric', start: startFabric, ...(skipped === undefined ? {} : { skipped }) },
  ]
}
