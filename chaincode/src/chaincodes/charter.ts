import { AgreementContract } from '../contracts/charter/agreement-contract.js'
import { CharterContract } from '../contracts/charter/charter-contract.js'
import { ClosingContract } from '../contracts/charter/closing-contract.js'
import { ProjectContract } from '../contracts/charter/project-contract.js'
import { QueryContract } from '../contracts/query/query-contract.js'
import { SettlementContract } from '../contracts/charter/settlement-contract.js'

/** The chaincode `charter`, endorsed by all three node organisations. */
export const contracts = [
  CharterContract,
  ProjectContract,
  AgreementContract,
  ClosingContract,
  SettlementContract,
  QueryContract,
]
