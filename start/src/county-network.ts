import type { TrustedDefinition } from '@caizheng/evidence'
import type { Connection, Consortium } from '@caizheng/test-network'

/** What the system needs of a network, whichever it is. */
export interface CountyNetwork {
  readonly channel: string
  /** Hex SHA-256 of the genesis block's header. */
  readonly id: string
  readonly consortium: Consortium
  /** Where the peers listen, by MSP id. */
  readonly peers: ReadonlyMap<string, string>
  readonly orderers: readonly string[]
  /** What to say of it in one line. */
  readonly extent: string
  /** Its standing client, or a new one of the given name. */
  connect(mspId: string, role?: 'client', name?: string): Connection
  /** Its nodes are processes of their own: one may commit a block a moment after another. */
  readonly separate: boolean
  /** The committed definition of a chaincode and where it was committed. @throws where there is none */
  definitionOf(name: string): Promise<TrustedDefinition>
  stop(): Promise<void>
}
