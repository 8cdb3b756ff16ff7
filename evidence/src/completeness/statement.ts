import { formatYuan } from '@caizheng/records'
import { fill, type Text } from '../format/text.js'
import type { Step } from '../verify/report.js'
import { add, join, TRIAL } from '../verify/statement.js'
import { chinaTimeAtLatest } from '../verify/time.js'
import type { ProvenVouchers } from './verify.js'

/** What complete vouchers do not prove. */
export const LIMITS: Text = {
  en:
    'This does not prove that money moved: a bank’s receipt does. It says nothing of vouchers issued later, of payments made past the ' +
    'chain, or of what the works are worth. The chain covers what never changes of a voucher; its status, bank days and refunds are as ' +
    'this file gives them, and only their sums are those that the nodes held. Totals are kept under the signatures of finance and ' +
    'construction; what all three organisations recomputed is the settlement.',
  zh:
    '以上不证明款项实际到账，到账以银行回单为准；不涉及此后开具的凭证、链外支付以及工程实际价值。哈希链覆盖凭证中不变的内容；其状态、银行日期和退款以本文件所列为准，' +
    '仅其合计与节点所存一致。累计数由财政与住建两家签名维护；三家共同重算的是结算。',
}

/** What a valid vouchers file says, and no more. */
export function vouchersStatement(proven: ProvenVouchers, missing: readonly Text[], steps: readonly Step[]): Text {
  const { contract, totals, settlement, closed, trial } = proven
  const names = join(proven.signers.map(({ name }) => name))
  const sentences: Text[] = [
    fill(
      {
        en: 'Valid: these are all {count} vouchers of contract {contract}, {sum} yuan together, of which {cancelled} yuan were returned or reversed and {refunded} yuan refunded: the nodes of {names} held their number, chain and sums no later than {time} (UTC+8), give or take five minutes.',
        zh: '有效：合同 {contract} 的支付凭证共 {count} 张，已全部在此，合计 {sum} 元，其中退票或冲销 {cancelled} 元、退款 {refunded} 元：{nameszh}的节点均持有其张数、哈希链和合计，不晚于 {time}（北京时间，误差五分钟以内）。',
      },
      {
        ...{ count: totals.vouchers, contract: contract.contractNo, names: names.en, nameszh: names.zh },
        ...{ sum: yuan(totals.vouchersFen), cancelled: yuan(totals.cancelledFen), refunded: yuan(totals.refundedFen) },
        time: chinaTimeAtLatest(proven.time),
      },
    ),
  ]
  if (settlement?.approval !== undefined) {
    const { approvedFen, paidFen, chain } = settlement.approval
    const values = { settlement: settlement.settlementNo, count: chain.vouchers }
    const template = {
      en: 'Settlement {settlement} (approved {approved} yuan, paid before it {paid} yuan) counted the first {count} of them',
      zh: '结算 {settlement}（审定 {approved} 元，此前已付 {paid} 元）计入其中前 {count} 张',
    }
    const { en, zh } = fill(template, { ...values, approved: yuan(approvedFen), paid: yuan(paidFen) })
    sentences.push(
      closed
        ? { en: `${en}, and is signed by both parties.`, zh: `${zh}，双方均已签署。` }
        : { en: `${en}; it is not signed by both parties.`, zh: `${zh}；双方尚未全部签署。` },
    )
  }
  if (trial === true) sentences.push(TRIAL)
  if (missing.length > 0) {
    const { en, zh } = join(missing)
    sentences.push({ en: `Weaker than it should be: ${en} did not sign.`, zh: `证明力较弱：${zh}未签名。` })
  }
  const certificates = steps.find(({ code, outcome }) => code === 'CERTIFICATES' && outcome !== 'passed')
  if (certificates !== undefined) {
    sentences.push(fill({ en: 'Note: {en}.', zh: '提示：{zh}。' }, { ...certificates.reason }))
  }
  return sentences.reduce(add)
}

function yuan(fen: string): string {
  return formatYuan(BigInt(fen))
}
