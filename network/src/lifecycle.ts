import { CollectionConfigPackage, encode, equalBytes } from '@caizheng/fabric-wire'
import { applicationPolicy, collectionPackage } from '@caizheng/test-network'
import { peer } from '@hyperledger/fabric-protos'
import { FabricError } from './errors.js'
import type { FabricChaincode } from './options.js'
import type { ChaincodePackage } from '@caizheng/test-network'
import type { PeerClient } from './peer-client.js'
import { describeFailure, retry } from './retry.js'

const { lifecycle } = peer
const LIFECYCLE = '_lifecycle'
const TIMEOUT = 30_000

/**
 * Puts its organisation's package on a peer; one that is there already is no failure.
 *
 * @param packages - by MSP id
 */
export async function install(client: PeerClient, packages: ReadonlyMap<string, ChaincodePackage>): Promise<void> {
  const bytes = packages.get(client.mspId)?.bytes ?? new Uint8Array()
  const args = new lifecycle.InstallChaincodeArgs()
  args.setChaincodeInstallPackage(bytes)
  try {
    await client.call(LIFECYCLE, [Buffer.from('InstallChaincode'), args.serializeBinary()])
  } catch (error) {
    const reason = describeFailure(error)
    if (reason.includes('already successfully installed')) return
    throw new FabricError('CHAINCODE_FAILED', `The peer of ${client.mspId} did not install it: ${reason}`, {
      cause: error,
    })
  }
}

/**
 * Defines a chaincode on the channel as its organisations do: each approves with its own package, and one commits with
 * the endorsement of all. A definition that is there already and says the same is left as it is.
 *
 * @param clients - administrators of all node organisations
 * @param packages - by MSP id
 * @returns the definition's sequence
 * @throws FabricError CHAINCODE_FAILED with the peers' words
 */
export async function define(
  channel: string,
  clients: readonly PeerClient[],
  chaincode: FabricChaincode,
  packages: ReadonlyMap<string, ChaincodePackage>,
): Promise<number> {
  const [first] = clients
  if (!first) throw new FabricError('CHAINCODE_FAILED', 'A network without node organisations can define no chaincode')
  try {
    const { sequence, present } = await retry(() => nextSequence(first, channel, chaincode), TIMEOUT)
    if (present) return sequence
    await Promise.all(
      clients.map((client) => {
        const id = packages.get(client.mspId)?.id ?? ''
        return retry(() => approve(client, channel, { ...chaincode, sequence }, id), TIMEOUT)
      }),
    )
    const organizations = clients.map(({ mspId }) => mspId)
    await retry(() => commit(first, channel, { ...chaincode, sequence }, organizations), TIMEOUT)
    return sequence
  } catch (cause) {
    const message = `Chaincode ${chaincode.name} could not be defined: ${describeFailure(cause)}`
    throw new FabricError('CHAINCODE_FAILED', message, { cause })
  }
}

type Definition = FabricChaincode & { sequence: number }

/** The sequence under which a chaincode is defined as wanted: at present, or by the next definition. */
async function nextSequence(
  client: PeerClient,
  channel: string,
  chaincode: FabricChaincode,
): Promise<{ sequence: number; present: boolean }> {
  const args = new lifecycle.QueryChaincodeDefinitionArgs()
  args.setName(chaincode.name)
  let bytes: Uint8Array
  try {
    bytes = await client
      .contract(channel, LIFECYCLE)
      .evaluate('QueryChaincodeDefinition', { arguments: [args.serializeBinary()] })
  } catch (error) {
    if (describeFailure(error).includes(`namespace ${chaincode.name} is not defined`))
      return { sequence: 1, present: false }
    throw error
  }
  const present = lifecycle.QueryChaincodeDefinitionResult.deserializeBinary(bytes)
  const same =
    present.getVersion() === (chaincode.version ?? '1.0') &&
    present.getInitRequired() === (chaincode.initRequired ?? false) &&
    equalBytes(present.getValidationParameter_asU8(), applicationPolicy(chaincode.endorsementPolicy)) &&
    equalBytes(present.getCollections()?.serializeBinary() ?? new Uint8Array(), collectionBytes(chaincode))
  return { sequence: present.getSequence() + (same ? 0 : 1), present: same }
}

async function approve(client: PeerClient, channel: string, definition: Definition, packageId: string): Promise<void> {
  const args = new lifecycle.ApproveChaincodeDefinitionForMyOrgArgs()
  fill(args, definition)
  const local = new lifecycle.ChaincodeSource.Local()
  local.setPackageId(packageId)
  const source = new lifecycle.ChaincodeSource()
  source.setLocalPackage(local)
  args.setSource(source)
  try {
    await client.contract(channel, LIFECYCLE).submit('ApproveChaincodeDefinitionForMyOrg', {
      arguments: [args.serializeBinary()],
      endorsingOrganizations: [client.mspId],
    })
  } catch (error) {
    // An earlier try went through, and only its answer was lost
    if (!describeFailure(error).includes('with unchanged content')) throw error
  }
}

async function commit(
  client: PeerClient,
  channel: string,
  definition: Definition,
  organizations: string[],
): Promise<void> {
  const args = new lifecycle.CommitChaincodeDefinitionArgs()
  fill(args, definition)
  try {
    await client.contract(channel, LIFECYCLE).submit('CommitChaincodeDefinition', {
      arguments: [args.serializeBinary()],
      endorsingOrganizations: organizations,
    })
  } catch (error) {
    // The answer of an earlier try may have been lost
    if (!(await nextSequence(client, channel, definition)).present) throw error
  }
}

function fill(
  args:
    | InstanceType<typeof lifecycle.ApproveChaincodeDefinitionForMyOrgArgs>
    | InstanceType<typeof lifecycle.CommitChaincodeDefinitionArgs>,
  definition: Definition,
): void {
  args.setName(definition.name)
  args.setVersion(definition.version ?? '1.0')
  args.setSequence(definition.sequence)
  args.setEndorsementPlugin('escc')
  args.setValidationPlugin('vscc')
  args.setValidationParameter(applicationPolicy(definition.endorsementPolicy))
  args.setInitRequired(definition.initRequired ?? false)
  if (definition.collections?.length) {
    args.setCollections(peer.CollectionConfigPackage.deserializeBinary(collectionBytes(definition)))
  }
}

const collectionBytes = ({ collections = [] }: FabricChaincode): Uint8Array =>
  encode(CollectionConfigPackage, collectionPackage(collections))
