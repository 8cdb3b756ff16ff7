import { contracts, contractTotals, parseCompleteness, settlements, type Completeness } from '@caizheng/records'
import { EvidenceError, why } from '../fault.js'
import { fill } from '../format/text.js'
import { argumentsOf } from '../receipt/checks/call.js'
import type { OpenReceipt } from '../receipt/open.js'
import type { TrustFile } from '../trust/schema.js'
import type { Query } from '../verify/receipt.js'

/** The chaincode that holds contracts and settlements, and the one that it asks for a contract's totals. */
export const CHARTER_CHAINCODE = 'charter'
export const PAYMENT_CHAINCODE = 'payment'

/** The function that returns a contract, its totals and its settlement as stored, and does nothing else. */
export const GET_COMPLETENESS = 'SettlementContract:GetCompleteness'

/** How a receipt proves how many vouchers a contract has. Its number is what the receipt asked for: records must repeat it. */
export function completenessQuery({ channel, chaincodes }: TrustFile): Query<Completeness> {
  const definitionsOf = (name: string) => chaincodes.filter((definition) => definition.name === name)
  return {
    expect(receipt) {
      const contractNo = askedContract(receipt)
      const settlement = settlements.key(contractNo)
      return {
        channel,
        definitions: definitionsOf(CHARTER_CHAINCODE),
        call: [GET_COMPLETENESS, contractNo],
        keys: [contracts.key(contractNo), settlement],
        optional: new Set([settlement]),
        asks: { definitions: definitionsOf(PAYMENT_CHAINCODE), keys: [contractTotals.key(contractNo)] },
      }
    },
    read(receipt) {
      const value = readCompleteness(receipt.response.payload)
      const { contract, totals, settlement } = value
      const expected = askedContract(receipt)
      for (const { contractNo } of [contract, totals, ...(settlement === undefined ? [] : [settlement])]) {
        if (contractNo !== expected) throw new EvidenceError('RECORD_ID', { actual: contractNo, expected })
      }
      const seen = { en: 'contract {contractNo}, {count} vouchers', zh: '合同 {contractNo}，共 {count} 张支付凭证' }
      return { value, seen: fill(seen, { contractNo: expected, count: totals.vouchers }) }
    },
  }
}

function askedContract(receipt: OpenReceipt): string {
  return argumentsOf(receipt)[1] ?? '<contract>'
}

function readCompleteness(payload: Uint8Array): Completeness {
  try {
    return parseCompleteness(payload)
  } catch (error) {
    throw new EvidenceError('RECORD_FORM', { why: why(error) }, { cause: error })
  }
}
