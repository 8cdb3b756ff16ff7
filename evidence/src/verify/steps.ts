import type { Text } from '../format/text.js'

/** The steps of a verification by name, in the order of a report. */
export const STEPS = {
  TRUST_FILE: { en: 'trust file is sound and in force', zh: '信任文件完好有效' },
  EVIDENCE_FILE: { en: 'evidence file is in its form', zh: '凭证文件格式正确' },
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
  CERTIFICATES: { en: 'certificates today', zh: '证书现状' },
  SM2_COSIGNATURES: { en: 'SM2 co-signatures', zh: '国密 SM2 联合签名' },
  COSIGNATURES: { en: 'other co-signatures', zh: '其他联合签名' },
} as const satisfies Record<string, Text>

/** A step's code; closed. */
export type StepCode = keyof typeof STEPS

/** Steps that tell more about what was proven but never decide whether it was. */
export const ADVISORY: ReadonlySet<StepCode> = new Set<StepCode>(['CERTIFICATES', 'SM2_COSIGNATURES', 'COSIGNATURES'])
