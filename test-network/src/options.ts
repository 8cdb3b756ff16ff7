import type { CollectionSpecification, Consortium, ConsortiumDefinition } from './consortium/index.js'

/** A chaincode to run and to define on the channel. */
export interface ChaincodeOptions {
  /** The name under which it is defined; also its namespace. */
  name: string
  /** Letters, digits, `_`, `.`, `+`, `-`; best with the digest of the code. Default `1.0`. */
  version?: string
  /**
   * `OutOf(2,'FinanceMSP.peer','AuditMSP.peer','ConstructionMSP.peer')`, or the path of a policy of the channel.
   * Default: the channel's own, all node organisations.
   */
  endorsementPolicy?: string
  /** Its private data collections. The implicit one of each organisation, `_implicit_org_<MSP id>`, is always there. */
  collections?: readonly CollectionSpecification[]
  /**
   * What runs. `module`: a CommonJS file that exports `contracts`, loaded into this process, a fresh instance for each
   * organisation. `service`: the address of a chaincode server (`127.0.0.1:9999`) and the id that it registers with.
   */
  program: { module: string } | { service: string; packageId: string }
  /** Other programs for some organisations, by MSP id: a department with changed code. */
  programs?: Readonly<Record<string, ChaincodeOptions['program']>>
}

/** How to start a network. */
export interface TestNetworkOptions {
  /** Where keys and ledger are kept. Without it a temporary folder is used and removed at the end. */
  directory?: string
  /**
   * Who takes part; default: the county of three node organisations, see `defaultConsortium`. A consortium that
   * `openConsortium` has opened is used with its keys and its genesis block, and its folder is nobody's but its own: many
   * networks can be started with one, each with a ledger of its own.
   */
  consortium?: ConsortiumDefinition | Consortium
  chaincodes?: readonly ChaincodeOptions[]
  /**
   * Run a certificate authority for each organisation, which fabric-ca's clients enroll with. `ports`: where they
   * listen, by MSP id; default: any free ports.
   */
  ca?: boolean | { ports: Readonly<Record<string, number>> }
  /** Serve with TLS. Default false: everything stays on this machine. */
  tls?: boolean
  /** Listen on the ports of the definition; default false: any free ports, so that networks can run side by side. */
  fixedPorts?: boolean
  /** The time of all nodes; default: the system's. */
  clock?: () => Date
  /** Hears one line for each step of the start, beginning with what this network is. */
  onProgress?: (line: string) => void
}
