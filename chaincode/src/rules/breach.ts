import type { ContractErrorCode, ContractFault, Verdict } from '@caizheng/records'

/** A broken rule that refuses a transaction: the code for programs, the verdict for people. */
export interface Breach {
  readonly code: ContractErrorCode
  readonly details: ContractFault['details']
  readonly verdict: Verdict
}
