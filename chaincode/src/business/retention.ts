import type { Contract, ContractTotals, DefectList, DefectParty, Person, Settlement } from '@caizheng/records'
import type { ReleaseFacts } from '../rules/r32-retention-release.js'

/** Who must say that a contract's defects are repaired: the owner, and its supervision where it has one. */
export function clearingParties({ supervisionFirmUscc }: Contract): readonly DefectParty[] {
  return supervisionFirmUscc === undefined ? ['owner'] : ['supervision', 'owner']
}

/** What R32 judges the release of a contract's retention by. */
export function releaseFacts(contract: Contract, defects: DefectList | undefined): Omit<ReleaseFacts, 'on'> {
  return {
    since: contract.acceptedOn ?? contract.terminatedOn,
    liabilityMonths: contract.liabilityMonths,
    openDefects: defects?.open.length ?? 0,
    signed: defects?.clear.map(({ party }) => party) ?? [],
    needed: clearingParties(contract),
  }
}

/** For which party a person clears defects: a lead for the owner, else the chief engineer for supervision. */
export function clearingPartyOf({ role }: Person): DefectParty {
  return role === 'OWNER_PROJECT_LEAD' ? 'owner' : 'supervision'
}

/** Retention in cash that nobody has applied for, and guarantees that are held. */
export function heldRetention(totals: ContractTotals, settlement: Settlement | undefined): bigint {
  const cash = BigInt(settlement?.approval?.cashRetentionFen ?? '0')
  return cash - BigInt(totals.retentionFen) + BigInt(totals.qualityGuaranteeFen)
}
