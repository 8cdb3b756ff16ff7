import type { TransactionType } from '../business/transaction.js'
import { consent } from './charter/consent.js'
import { propose, proposing } from './charter/propose.js'
import { suspendPerson } from './charter/suspend-person.js'
import { createProject } from './charter/create-project.js'
import { recordAttestation } from './charter/record-attestation.js'
import { recordTenderNotice } from './charter/record-tender-notice.js'
import { sealBid } from './charter/seal-bid.js'
import { openBid } from './charter/open-bid.js'
import { recordAward } from './charter/record-award.js'
import { registerContract } from './charter/register-contract.js'
import { countersignContract } from './charter/countersign-contract.js'
import { startWorks } from './charter/start-works.js'
import { setBudgetSubItems } from './payment/set-budget-sub-items.js'
import { allocateQuota } from './payment/allocate-quota.js'
import { adjustQuota } from './payment/adjust-quota.js'
import { recordBudgetReview } from './payment/record-budget-review.js'
import { reallocateBudget } from './payment/reallocate-budget.js'
import { approveReallocation } from './payment/approve-reallocation.js'
import { recordOtherCost } from './payment/record-other-cost.js'
import { approveOtherCost } from './payment/approve-other-cost.js'
import { registerInvoice } from './payment/register-invoice.js'
import { attestInvoice } from './payment/attest-invoice.js'
import { recordSiteEvidence } from './payment/record-site-evidence.js'
import { submitMeasure } from './payment/submit-measure.js'
import { signMeasure } from './payment/sign-measure.js'
import { confirmMeasure } from './payment/confirm-measure.js'
import { registerAccount } from './payment/register-account.js'
import { proposeChangeOrder } from './payment/propose-change-order.js'
import { signChangeOrder } from './payment/sign-change-order.js'
import { approveChangeOrder } from './payment/approve-change-order.js'
import { withdrawChangeOrder } from './payment/withdraw-change-order.js'
import { submitApplication } from './payment/submit-application.js'
import { approveApplication } from './payment/approve-application.js'
import { recordBankReceipt } from './payment/record-bank-receipt.js'
import { proposeSpecialApproval } from './payment/propose-special-approval.js'
import { confirmSpecialApproval } from './payment/confirm-special-approval.js'
import { recordOpeningBalance } from './payment/record-opening-balance.js'
import { confirmOpeningBalance } from './payment/confirm-opening-balance.js'
import { runTick } from './payment/run-tick.js'
import { recordBankReturn } from './payment/record-bank-return.js'
import { reissueVoucher } from './payment/reissue-voucher.js'
import { reverseApplication } from './payment/reverse-application.js'
import { recordRefund } from './payment/record-refund.js'
import { proposeAccountChange } from './payment/propose-account-change.js'
import { signAccountChange } from './payment/sign-account-change.js'
import { purgeAccount } from './payment/purge-account.js'
import { liftFreeze, recordFreeze } from './payment/freeze.js'
import { releaseVoucher } from './payment/release-voucher.js'
import { stopWorks } from './payment/stop-works.js'
import { resumeWorks } from './payment/resume-works.js'
import { recordSuggestion } from './payment/record-suggestion.js'
import { recordGuarantee } from './payment/record-guarantee.js'
import { terminateContract } from './charter/terminate-contract.js'
import { reportCompletion } from './charter/report-completion.js'
import { openAcceptance } from './charter/open-acceptance.js'
import { signAcceptance } from './charter/sign-acceptance.js'
import { confirmAcceptance } from './charter/confirm-acceptance.js'
import { fileAcceptance } from './charter/file-acceptance.js'
import { submitSettlement } from './charter/submit-settlement.js'
import { reviewSettlement } from './charter/review-settlement.js'
import { approveSettlement } from './charter/approve-settlement.js'
import { signSettlement } from './charter/sign-settlement.js'
import { recordDefect } from './payment/record-defect.js'
import { clearDefect } from './payment/clear-defect.js'
import { signDefectsClear } from './payment/sign-defects-clear.js'
import { releaseGuarantee } from './payment/release-guarantee.js'
import { publishDisclosure } from './charter/publish-disclosure.js'
import { witnessRecord } from './charter/witness-record.js'

/**
 * Every transaction under rules, in the order of a project's life: what each takes, and the rows of the authorisation matrix.
 * `docs/authority.md` is written from it.
 */
export const transactionTypes: readonly TransactionType<{ readonly at?: string | undefined }>[] = [
  proposing('RegisterOrganisation'),
  proposing('RegisterPerson'),
  proposing('WithdrawPerson'),
  proposing('RestorePerson'),
  proposing('SetSettings'),
  proposing('OpenBackfill'),
  propose,
  consent,
  suspendPerson,
  createProject,
  recordAttestation,
  recordTenderNotice,
  sealBid,
  openBid,
  recordAward,
  registerContract,
  countersignContract,
  startWorks,
  setBudgetSubItems,
  allocateQuota,
  adjustQuota,
  recordBudgetReview,
  reallocateBudget,
  approveReallocation,
  recordOtherCost,
  approveOtherCost,
  registerInvoice,
  attestInvoice,
  recordSiteEvidence,
  submitMeasure,
  signMeasure,
  confirmMeasure,
  registerAccount,
  proposeChangeOrder,
  signChangeOrder,
  approveChangeOrder,
  withdrawChangeOrder,
  submitApplication,
  approveApplication,
  recordBankReceipt,
  proposeSpecialApproval,
  confirmSpecialApproval,
  recordOpeningBalance,
  confirmOpeningBalance,
  runTick,
  recordBankReturn,
  reissueVoucher,
  reverseApplication,
  recordRefund,
  proposeAccountChange,
  signAccountChange,
  purgeAccount,
  recordFreeze,
  liftFreeze,
  releaseVoucher,
  stopWorks,
  resumeWorks,
  recordSuggestion,
  recordGuarantee,
  // The same transaction by way of `charter`.
  { ...approveChangeOrder, name: 'ApproveLargeChange' },
  terminateContract,
  reportCompletion,
  openAcceptance,
  signAcceptance,
  confirmAcceptance,
  fileAcceptance,
  submitSettlement,
  reviewSettlement,
  approveSettlement,
  signSettlement,
  recordDefect,
  clearDefect,
  signDefectsClear,
  releaseGuarantee,
  publishDisclosure,
  witnessRecord,
]
