import { chaincodeDefinition } from '@caizheng/chaincode'
import { connect, type Client } from '@caizheng/client-sdk'
import { openTrust, trustFrom, encodeTrust, type Trust } from '@caizheng/evidence'
import {
  blockSignatureBytes,
  blockSignatures,
  channelConfigOf,
  dataHash,
  decode,
  encode,
  encodeBlock,
  IdentifierHeader,
  Metadata,
  parseBlock,
  type Block,
} from '@caizheng/fabric-wire'
import { canonicalize } from '@caizheng/records'
import { nodeOrganizations, startTestNetwork, type TestNetwork } from '@caizheng/test-network'
import type { BlockSource } from '../src/index.js'

/** A network with the chaincode of anchors, and a client of finance. */
export interface Anchoring {
  readonly network: TestNetwork
  readonly client: Client
  readonly trust: Trust
  readonly anchor: (number: string) => Promise<unknown>
  /** Every block's bytes, as the peer has them. */
  blocks(): Promise<Uint8Array[]>
  stop(): Promise<void>
}

export async function startAnchoring(): Promise<Anchoring> {
  const network = await startTestNetwork({ chaincodes: [chaincodeDefinition('evidence')] })
  const { channel, address: gateway, mspId, certificate, privateKey } = network.connect('FinanceMSP')
  const organizations = nodeOrganizations(network.consortium.definition)
  const client = await connect({
    profile: { kind: 'caizheng-profile', version: 1, channel, mspId, gateway, certificate, privateKey, organizations },
  })
  const submit = (name: string, request: object) =>
    client.submit(
      { chaincode: 'evidence', function: `EvidenceContract:${name}`, arguments: [canonicalize(request)] },
      { attempts: 1 },
    )
  await submit('Bootstrap', { genesis: network.id, organizations })
  return {
    network,
    client,
    trust: trustOf(network),
    anchor: (number) => submit('AnchorDocument', anchorRequest(number)),
    async blocks() {
      const bytes = Array.from({ length: network.ledger.height }, (_, number) => network.ledger.block(number))
      return (await Promise.all(bytes)).map((block) => block as Uint8Array)
    },
    async stop() {
      client.close()
      await network.stop()
    },
  }
}

const anchorRequest = (number: string) => ({
  ...{ project: '2303-331003-04-01-000001', type: 'CONTRACT', number, issuer: '12331003000001011C' },
  digests: { sha256: Buffer.from(number.padEnd(32, '.')).toString('hex'), sm3: '0'.repeat(64) },
  provenance: { sourceSystem: '合同管理系统', generatedAt: '2024-11-23', generator: 'export 4.2' },
})

function trustOf({ id, consortium: { definition, genesis } }: TestNetwork): Trust {
  const { version } = chaincodeDefinition('evidence')
  const file = trustFrom(channelConfigOf(genesis), {
    network: id,
    organizations: definition.organizations.filter(({ peer }) => peer !== undefined),
    chaincodes: [{ name: 'evidence', version, sequence: 1, committed: { block: 1, transaction: 0 } }],
    validity: { from: new Date('2020-01-01'), until: new Date('2040-01-01') },
  })
  return openTrust(encodeTrust(file))
}

/** Blocks in memory. */
export function memorySource(blocks: readonly Uint8Array[]): BlockSource {
  return {
    name: 'memory',
    height: () => Promise.resolve(blocks.length),
    async *blocks(from) {
      for (const bytes of blocks.slice(from)) yield { bytes, from: 'memory' }
    },
  }
}

/** Has the orderers of the network sign other data in a block's place: all of them together can. */
export function resigned(network: TestNetwork, bytes: Uint8Array, change: (block: Block) => Block): Uint8Array {
  const block = change(parseBlock(bytes))
  const header = { ...block.header, dataHash: dataHash(block.data) }
  const { value, signatures } = blockSignatures(block)
  const signed = signatures.map(({ identifierHeader, ...rest }) => {
    const { identifier } = decode(IdentifierHeader, identifierHeader)
    const consenter = network.consortium.consenters.find(({ id }) => id === identifier)
    const message = blockSignatureBytes(value, identifierHeader, header)
    return { ...rest, identifierHeader, signature: consenter?.sign(message) ?? new Uint8Array() }
  })
  const metadata = [encode(Metadata, { value, signatures: signed }), ...block.metadata.slice(1)]
  return encodeBlock({ ...block, header, metadata })
}
