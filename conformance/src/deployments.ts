import { changedBuilds } from './cases/changed-builds.js'
import { privateDeployments } from './cases/private-deployments.js'
import type { Deployment } from './network.js'
import { probe } from './probe.js'

/** The chaincodes of the suite: the policies that the cases need, each on a chaincode of its own with the same contract. */
export const deployments: readonly Deployment[] = [
  {
    name: 'any-two',
    module: probe,
    endorsementPolicy: "OutOf(2,'FinanceMSP.peer','AuditMSP.peer','ConstructionMSP.peer')",
  },
  { name: 'all-three', module: probe },
  { name: 'finance-only', module: probe, endorsementPolicy: "OR('FinanceMSP.peer')" },
  { name: 'service', module: probe, endorsementPolicy: "OR('FinanceMSP.peer')", asService: true },
  ...privateDeployments(probe),
  ...changedBuilds,
]
