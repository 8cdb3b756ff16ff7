import {
  ApproveChaincodeDefinitionArgs,
  ChaincodeDefinition,
  CheckCommitReadinessResult,
  decodeLoose,
  encode,
  GetInstalledChaincodePackageResult,
  InstallChaincodeArgs,
  InstallChaincodeResult,
  InstalledChaincode,
  InstalledChaincodeArgs,
  QueryApprovedChaincodeDefinitionArgs,
  QueryApprovedChaincodeDefinitionResult,
  QueryApprovedChaincodeDefinitionsResult,
  QueryChaincodeDefinitionArgs,
  QueryChaincodeDefinitionResult,
  QueryChaincodeDefinitionsResult,
  QueryInstalledChaincodesResult,
  type Init,
} from '@caizheng/fabric-wire'
import type { Channel } from '../channel/index.js'
import type { CommittedDefinition } from '../consortium/index.js'
import type { Simulator } from '../simulator/index.js'
import { asDefinition, type Agreements } from './agreement.js'
import { approve, define } from './approve.js'
import { allApproved, approvedDefinition } from './approved.js'
import type { Definition } from './definition.js'
import type { Installed, InstalledChaincodes } from './installed.js'
import { commitReadiness, organizationApprovals } from './readiness.js'
import { hashedState, organizationState, publicState, type HashedState } from './state.js'
import { validateDefinition } from './validate.js'

/** What the functions of one organisation's peer work with. */
export interface Peer {
  readonly channel: Channel
  readonly mspId: string
  readonly installed: InstalledChaincodes
  readonly agreements: Agreements
}

/** A function of `_lifecycle`: from encoded arguments to an encoded result. */
export type LifecycleFunction = (peer: Peer, argument: Uint8Array, simulator: Simulator) => Promise<Uint8Array>

/** The name is not that of a chaincode of the channel: answered with status 404. */
export class NotDefined extends Error {}

/** Functions that need no channel. */
export const peerFunctions = new Map<string, (peer: Peer, argument: Uint8Array) => Promise<Uint8Array>>([
  ['InstallChaincode', install],
  ['QueryInstalledChaincode', queryInstalled],
  ['QueryInstalledChaincodes', listInstalled],
  ['GetInstalledChaincodePackage', installedPackage],
])

/** Functions about the channel's definitions. */
export const channelFunctions = new Map<string, LifecycleFunction>([
  ['ApproveChaincodeDefinitionForMyOrg', approveForMyOrganization],
  ['QueryApprovedChaincodeDefinition', queryApproved],
  ['QueryApprovedChaincodeDefinitions', listApproved],
  ['CheckCommitReadiness', checkReadiness],
  ['CommitChaincodeDefinition', commit],
  ['QueryChaincodeDefinition', queryDefinition],
  ['QueryChaincodeDefinitions', listDefinitions],
])

async function install({ installed }: Peer, argument: Uint8Array): Promise<Uint8Array> {
  const { chaincodeInstallPackage } = decodeLoose(InstallChaincodeArgs, argument)
  const { id: packageId, label } = await installed.install(chaincodeInstallPackage)
  return encode(InstallChaincodeResult, { packageId, label })
}

async function queryInstalled(peer: Peer, argument: Uint8Array): Promise<Uint8Array> {
  const { packageId } = decodeLoose(InstalledChaincodeArgs, argument)
  const found = peer.installed.get(packageId)
  if (!found) throw new Error(`could not find chaincode with package id '${packageId}'`)
  const uses = await definitionsByPackage(peer)
  return encode(InstalledChaincode, describeInstalled(peer.channel, found, uses))
}

async function listInstalled(peer: Peer): Promise<Uint8Array> {
  const uses = await definitionsByPackage(peer)
  const installedChaincodes = peer.installed.list().map((one) => describeInstalled(peer.channel, one, uses))
  return encode(QueryInstalledChaincodesResult, { installedChaincodes })
}

function installedPackage({ installed }: Peer, argument: Uint8Array): Promise<Uint8Array> {
  const { packageId } = decodeLoose(InstalledChaincodeArgs, argument)
  const bytes = installed.get(packageId)?.bytes
  if (!bytes) {
    throw new Error(`could not load cc install package: chaincode install package '${packageId}' not found`)
  }
  return Promise.resolve(encode(GetInstalledChaincodePackageResult, { chaincodeInstallPackage: bytes }))
}

async function definitionsByPackage({ channel, agreements }: Peer): Promise<Map<string, CommittedDefinition[]>> {
  const state = channel.ledger.snapshot()
  try {
    return await agreements.byPackage(state)
  } finally {
    await state.close()
  }
}

function describeInstalled(
  channel: Channel,
  { id, label }: Installed,
  uses: ReadonlyMap<string, CommittedDefinition[]>,
): Init<InstalledChaincode> {
  const chaincodes = uses.get(id)?.map(({ name, version }) => ({ name, version }))
  return { packageId: id, label, references: new Map(chaincodes ? [[channel.id, { chaincodes }]] : []) }
}

async function approveForMyOrganization(peer: Peer, argument: Uint8Array, simulator: Simulator): Promise<Uint8Array> {
  const { source, ...definition } = decodeLoose(ApproveChaincodeDefinitionArgs, argument)
  await validate(peer, definition, simulator)
  const packageId = source?.localPackage?.packageId ?? ''
  await approve(definition, packageId, publicState(simulator), organizationState(simulator, peer.mspId))
  return new Uint8Array()
}

async function queryApproved({ channel, mspId }: Peer, argument: Uint8Array, simulator: Simulator) {
  const { name, sequence } = decodeLoose(QueryApprovedChaincodeDefinitionArgs, argument)
  const states = [publicState(simulator), organizationState(simulator, mspId)] as const
  const { definition, source } = await approvedDefinition(channel.id, { name, sequence }, ...states)
  return encode(QueryApprovedChaincodeDefinitionResult, {
    ...definition,
    source,
  })
}

async function listApproved({ mspId }: Peer, _argument: Uint8Array, simulator: Simulator): Promise<Uint8Array> {
  const found = await allApproved(simulator, mspId)
  return encode(QueryApprovedChaincodeDefinitionsResult, {
    approvedChaincodeDefinitions: found.map(({ definition, source }) => ({ ...definition, source })),
  })
}

async function checkReadiness({ channel }: Peer, argument: Uint8Array, simulator: Simulator): Promise<Uint8Array> {
  const definition = decodeLoose(ChaincodeDefinition, argument)
  const { approvals, mismatches } = await commitReadiness(
    definition,
    publicState(simulator),
    organizations(channel, simulator),
  )
  return encode(CheckCommitReadinessResult, { approvals, mismatches })
}

async function commit(peer: Peer, argument: Uint8Array, simulator: Simulator): Promise<Uint8Array> {
  const asked = decodeLoose(ChaincodeDefinition, argument)
  await validate(peer, asked, simulator)
  const state = publicState(simulator)
  const { approvals, definition } = await commitReadiness(asked, state, organizations(peer.channel, simulator))
  await define(definition, state)
  if (approvals.get(peer.mspId) !== true) {
    throw new Error(`chaincode definition not agreed to by this org (${peer.mspId})`)
  }
  return new Uint8Array()
}

async function queryDefinition({ channel }: Peer, argument: Uint8Array, simulator: Simulator): Promise<Uint8Array> {
  const { name } = decodeLoose(QueryChaincodeDefinitionArgs, argument)
  const committed = await channel.definitions.find(simulator.state, name)
  await channel.definitions.record(simulator, name)
  if (!committed) throw new NotDefined(`namespace ${name} is not defined`)
  const definition = asDefinition(committed)
  const { approvals } = await organizationApprovals(definition, organizations(channel, simulator))
  return encode(QueryChaincodeDefinitionResult, { ...definition, approvals })
}

async function listDefinitions({ channel }: Peer, _argument: Uint8Array, simulator: Simulator): Promise<Uint8Array> {
  const names = await channel.definitions.names(simulator.state)
  const found = await Promise.all(names.map((name) => channel.definitions.find(simulator.state, name)))
  return encode(QueryChaincodeDefinitionsResult, {
    chaincodeDefinitions: found.flatMap((definition) => (definition ? [asDefinition(definition)] : [])),
  })
}

/** Checks a definition, and reads what a peer reads for that: its own earlier one, also by Fabric's old lifecycle. */
async function validate({ channel }: Peer, definition: Definition, simulator: Simulator): Promise<void> {
  try {
    const committed = await channel.definitions.find(simulator.state, definition.name)
    validateDefinition(definition, channel.config, committed)
    await channel.definitions.record(simulator, definition.name)
    if (!committed) await simulator.get('lscc', definition.name)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new Error(`error validating chaincode definition: ${reason}`, { cause })
  }
}

function organizations({ config }: Channel, simulator: Simulator): Map<string, HashedState> {
  return new Map(config.organizations.map(({ mspid }) => [mspid, hashedState(simulator, mspid)]))
}
