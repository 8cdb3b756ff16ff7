import { EvidenceContract } from '../contracts/evidence/evidence-contract.js'

/** The chaincode `evidence`, endorsed by two of the three node organisations. */
export const contracts = [EvidenceContract]
