import { tenderCategories } from '../project/tender.js'

/** What a contract is for: what is put out to tender, or a subsidy that an office pays out to persons. */
export const contractKinds = [...tenderCategories, 'SUBSIDY'] as const
export type ContractKind = (typeof contractKinds)[number]
