import type { Text } from '../format/text.js'

/** The steps of a verification by name, in the order of a report. */
export const STEPS = {
  TRUST_FILE: { en: 'trust file is sound and in force', zh: '信任文件完好有效' },
  EVIDENCE_FILE: { en: 'evidence file is in its form', zh: '凭证文件格式正确' },
  CHECKPOINT_FILE: { en: 'checkpoint file is in its form', zh: '检查点文件格式正确' },
  VOUCHERS_FILE: { en: 'vouchers file is in its form', zh: '支付凭证文件格式正确' },
  RECORDS_FILE: { en: 'records file is in its form', zh: '记录文件格式正确' },
  DOCUMENT: { en: 'document matches its record', zh: '文件与记录一致' },
  INCLUSION: { en: 'leaf is in the batch', zh: '叶子属于该批次' },
  RECEIPT_ENCODING: { en: 'receipt is strictly encoded', zh: '回执编码严格无歧义' },
  RECEIPT_HEADER: { en: 'receipt is of this channel', zh: '回执属于本通道' },
  RECEIPT_CHAINCODE: { en: 'chaincode and its definition are accepted', zh: '链码及其定义可接受' },
  RECEIPT_CALL: { en: 'the call asks for the stored record only', zh: '调用仅读取已存记录' },
  RECEIPT_RESULT: { en: 'record is on the chain', zh: '记录在链上' },
  RECEIPT_RESPONSE: { en: 'record is of this network and of its own id', zh: '记录属于本网络且编号相符' },
  RECEIPT_ENDORSERS: { en: 'nodes signed', zh: '节点复核签名有效' },
  POLICY: { en: 'enough organisations signed', zh: '签名机构数量足够' },
  KEPT_CHECKPOINT: { en: 'the checkpoint that was kept is sound', zh: '先前留存的检查点有效' },
  CONSISTENCY: { en: 'the log continues the one that was kept', zh: '日志承接先前留存的日志' },
  MEMBERSHIP: { en: 'the batch is in the log', zh: '该批次在日志中' },
  VOUCHER_NUMBERS: { en: 'vouchers are all there, each once', zh: '支付凭证齐全且不重复' },
  VOUCHER_CHAIN: { en: 'vouchers chain to the head', zh: '支付凭证哈希链完整' },
  VOUCHER_SUMS: { en: 'vouchers sum to the totals', zh: '支付凭证合计相符' },
  VOUCHER_SETTLEMENT: { en: 'the settlement counted these vouchers', zh: '结算以这些凭证为准' },
  CERTIFICATES: { en: 'certificates today', zh: '证书现状' },
  TIME_STAMPS: { en: 'time-stamps', zh: '时间戳' },
  BLOCK_ENCODING: { en: 'block proof is strictly encoded', zh: '区块证明编码严格无歧义' },
  BLOCK_ORDERERS: { en: 'orderers signed the block', zh: '排序节点签名有效' },
  BLOCK_TRANSACTION: { en: 'the block holds the transaction of this record', zh: '区块含有本记录的交易' },
  BLOCK_ENDORSEMENTS: { en: 'who submitted and endorsed the transaction', zh: '交易的提交者与复核者' },
  SM2_COSIGNATURES: { en: 'SM2 co-signatures', zh: '国密 SM2 联合签名' },
  COSIGNATURES: { en: 'other co-signatures', zh: '其他联合签名' },
} as const satisfies Record<string, Text>

/** A step's code; closed. */
export type StepCode = keyof typeof STEPS

/** Steps that tell more about what was proven but never decide whether it was. */
export const ADVISORY: ReadonlySet<StepCode> = new Set<StepCode>([
  'CERTIFICATES',
  'TIME_STAMPS',
  'BLOCK_ENCODING',
  'BLOCK_ORDERERS',
  'BLOCK_TRANSACTION',
  'BLOCK_ENDORSEMENTS',
  'SM2_COSIGNATURES',
  'COSIGNATURES',
])
