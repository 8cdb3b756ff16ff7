import { decodeLoose, SerializedIdentity } from '@caizheng/fabric-wire'
import { isResource, type Channel } from '../channel/index.js'
import type { OpenedProposal } from '../endorser/index.js'

const OF_THE_PEER: readonly string[] = [
  'InstallChaincode',
  'QueryInstalledChaincode',
  'QueryInstalledChaincodes',
  'GetInstalledChaincodePackage',
  'ApproveChaincodeDefinitionForMyOrg',
  'QueryApprovedChaincodeDefinition',
  'QueryApprovedChaincodeDefinitions',
]

const OF_THE_CHANNEL: readonly string[] = [
  'CheckCommitReadiness',
  'CommitChaincodeDefinition',
  'QueryChaincodeDefinition',
  'QueryChaincodeDefinitions',
]

/**
 * Who may call a function: an administrator of the peer's own organisation for what concerns that organisation, and
 * whoever the channel's access control lets for the rest.
 *
 * @throws Error in a peer's words
 */
export function requireAccess(name: string, mspId: string, channel: Channel, { creator, channelId }: OpenedProposal) {
  if (OF_THE_CHANNEL.includes(name)) {
    if (channelId !== '') {
      const resource = `_lifecycle/${name}`
      if (isResource(resource)) channel.authorizeCreator(resource, creator)
      return
    }
    throw new Error('Invalid channel ID name during check policy on signed data. Name must be different from nil.')
  }
  if (!OF_THE_PEER.includes(name)) throw new Error(`Unmapped policy for _lifecycle/${name}`)
  const during = 'during channelless check policy with policy [Admins]'
  const { mspid, idBytes } = decodeLoose(SerializedIdentity, creator)
  if (mspid !== mspId) {
    throw new Error(`Failed deserializing proposal creator ${during}: [expected MSP ID ${mspId}, received ${mspid}]`)
  }
  if (channel.config.msps.get(mspid)?.validate(idBytes).isAdmin === true) return
  throw new Error(
    `Failed verifying that proposal's creator satisfies local MSP principal ${during}: [The identity is not an admin under this MSP [${mspId}]: The identity does not contain OU [ADMIN], MSP: [${mspId}]]`,
  )
}
