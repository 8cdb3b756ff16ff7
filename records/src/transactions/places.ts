/** Where each transaction under rules lives: the chaincode decides who must endorse it. */
export const transactionPlaces = {
  RegisterOrganisation: { chaincode: 'charter', contract: 'CharterContract' },
  RegisterPerson: { chaincode: 'charter', contract: 'CharterContract' },
  WithdrawPerson: { chaincode: 'charter', contract: 'CharterContract' },
  SetSettings: { chaincode: 'charter', contract: 'CharterContract' },
  OpenBackfill: { chaincode: 'charter', contract: 'CharterContract' },
  CreateProject: { chaincode: 'charter', contract: 'ProjectContract' },
  RecordAttestation: { chaincode: 'charter', contract: 'ProjectContract' },
  RecordTenderNotice: { chaincode: 'charter', contract: 'ProjectContract' },
  RecordAward: { chaincode: 'charter', contract: 'ProjectContract' },
  RegisterContract: { chaincode: 'charter', contract: 'AgreementContract' },
  CountersignContract: { chaincode: 'charter', contract: 'AgreementContract' },
  StartWorks: { chaincode: 'charter', contract: 'AgreementContract' },
  SetBudgetSubItems: { chaincode: 'payment', contract: 'BudgetContract' },
  AllocateQuota: { chaincode: 'payment', contract: 'BudgetContract' },
  AdjustQuota: { chaincode: 'payment', contract: 'BudgetContract' },
  RecordBudgetReview: { chaincode: 'payment', contract: 'BudgetContract' },
  ReallocateBudget: { chaincode: 'payment', contract: 'BudgetContract' },
  ApproveReallocation: { chaincode: 'payment', contract: 'BudgetContract' },
  RecordOtherCost: { chaincode: 'payment', contract: 'BudgetContract' },
  ApproveOtherCost: { chaincode: 'payment', contract: 'BudgetContract' },
  RegisterInvoice: { chaincode: 'payment', contract: 'InvoiceContract' },
  AttestInvoice: { chaincode: 'payment', contract: 'InvoiceContract' },
  RecordSiteEvidence: { chaincode: 'payment', contract: 'ProgressContract' },
  SubmitMeasure: { chaincode: 'payment', contract: 'ProgressContract' },
  SignMeasure: { chaincode: 'payment', contract: 'ProgressContract' },
  ConfirmMeasure: { chaincode: 'payment', contract: 'ProgressContract' },
  RegisterAccount: { chaincode: 'payment', contract: 'ProgressContract' },
  ProposeChangeOrder: { chaincode: 'payment', contract: 'ChangeContract' },
  SignChangeOrder: { chaincode: 'payment', contract: 'ChangeContract' },
  ApproveChangeOrder: { chaincode: 'payment', contract: 'ChangeContract' },
  WithdrawChangeOrder: { chaincode: 'payment', contract: 'ChangeContract' },
  SubmitApplication: { chaincode: 'payment', contract: 'PaymentContract' },
  ApproveApplication: { chaincode: 'payment', contract: 'PaymentContract' },
  RecordBankReceipt: { chaincode: 'payment', contract: 'PaymentContract' },
  ProposeSpecialApproval: { chaincode: 'payment', contract: 'PaymentContract' },
  ConfirmSpecialApproval: { chaincode: 'payment', contract: 'PaymentContract' },
  RecordOpeningBalance: { chaincode: 'payment', contract: 'PaymentContract' },
  ConfirmOpeningBalance: { chaincode: 'payment', contract: 'PaymentContract' },
  RunTick: { chaincode: 'payment', contract: 'ProgressContract' },
} as const satisfies Record<string, { readonly chaincode: 'charter' | 'payment'; readonly contract: string }>

/** The name of a transaction under rules. */
export type TransactionName = keyof typeof transactionPlaces

/** Whether a text is the name of a transaction under rules. */
export function isTransactionName(text: string): text is TransactionName {
  return Object.hasOwn(transactionPlaces, text)
}
