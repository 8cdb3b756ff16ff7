import type { CollectionSpecification, ConsortiumDefinition } from '@caizheng/test-network'

/** A chaincode to run and to define on the channel. */
export interface FabricChaincode {
  /** The name under which it is defined; also its namespace. */
  name: string
  /** Letters, digits, `_`, `.`, `+`, `-`; best with the digest of the code. Default `1.0`. */
  version?: string
  /** An expression, or the path of a policy of the channel. Default: the channel's own, all node organisations. */
  endorsementPolicy?: string
  collections?: readonly CollectionSpecification[]
  initRequired?: boolean
  /** A CommonJS file that exports `contracts`; each node organisation runs it in a process of its own. */
  program: { module: string }
  /** Other programs for some organisations, by MSP id: a department with changed code. */
  programs?: Readonly<Record<string, { module: string }>>
}

/** How to start a network of real Fabric. */
export interface FabricNetworkOptions {
  /** The folder of Fabric's binaries; default: the environment variable `FABRIC_BIN`. */
  binaries?: string
  /** Where keys, ledgers and logs are kept. Without it a temporary folder is used and removed at the end. */
  directory?: string
  /** Who takes part; default: the one of the folder, or the county of three node organisations. */
  consortium?: ConsortiumDefinition
  chaincodes?: readonly FabricChaincode[]
  /** Listen on the ports of the definition; default false: any free ports, so that networks can run side by side. */
  fixedPorts?: boolean
  /** Hears one line for each step of the start. */
  onProgress?: (line: string) => void
}
