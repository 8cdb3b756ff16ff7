import { BudgetContract } from '../contracts/payment/budget-contract.js'
import { ChangeContract } from '../contracts/payment/change-contract.js'
import { CorrectionContract } from '../contracts/payment/correction-contract.js'
import { ExplainContract } from '../contracts/payment/explain-contract.js'
import { DefectContract } from '../contracts/payment/defect-contract.js'
import { InvoiceContract } from '../contracts/payment/invoice-contract.js'
import { MirrorContract } from '../contracts/payment/mirror-contract.js'
import { PaymentContract } from '../contracts/payment/payment-contract.js'
import { ProgressContract } from '../contracts/payment/progress-contract.js'
import { QueryContract } from '../contracts/query/query-contract.js'

/** The chaincode `payment`, endorsed by finance and construction. */
export const contracts = [
  MirrorContract,
  BudgetContract,
  InvoiceContract,
  ProgressContract,
  ChangeContract,
  PaymentContract,
  CorrectionContract,
  ExplainContract,
  DefectContract,
  QueryContract,
]
