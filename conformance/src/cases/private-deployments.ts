import type { CollectionDeployment, Deployment } from '../network.js'

const FINANCE_AND_AUDIT = "OR('FinanceMSP.member','AuditMSP.member')"

/** Kept by finance and audit; construction's peer has the hashes alone. */
const shared: CollectionDeployment = { name: 'shared', policy: FINANCE_AND_AUDIT, maxPeerCount: 2 }

/** The chaincodes of the private data cases. */
export function privateDeployments(module: string): Deployment[] {
  return [
    {
      name: 'private',
      module,
      endorsementPolicy: "OR('FinanceMSP.peer','AuditMSP.peer','ConstructionMSP.peer')",
      collections: [
        shared,
        { ...shared, name: 'members', memberOnlyRead: true, memberOnlyWrite: true },
        { ...shared, name: 'fleeting', blockToLive: 2 },
        { ...shared, name: 'guarded', endorsementPolicy: "AND('FinanceMSP.peer','AuditMSP.peer')" },
        { ...shared, name: 'crowded', requiredPeerCount: 2 },
      ],
    },
    {
      name: 'private-all-three',
      module,
      endorsementPolicy: "AND('FinanceMSP.peer','AuditMSP.peer','ConstructionMSP.peer')",
      collections: [shared, { ...shared, name: 'light', endorsementPolicy: "OR('FinanceMSP.peer')" }],
    },
  ]
}
