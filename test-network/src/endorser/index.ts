export {
  Endorser,
  type Endorsed,
  type EndorserIdentity,
  type EndorserResult,
  type Endorsing,
  type Purpose,
} from './endorser.js'
export { endorserService } from './service.js'
export { openProposal, ProposalError, type OpenedProposal } from './proposal.js'
export type { Presence, Receiver } from './distribute.js'
