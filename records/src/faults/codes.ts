/** What a refusal means and what to do next, in both languages. */
export interface ContractErrorGuide {
  readonly en: string
  readonly zh: string
  readonly nextEn: string
  readonly nextZh: string
}

/**
 * Every code with which a contract refuses. The list is closed and published: codes are added, never renamed or reused.
 * None of them is worth sending the same request again, except `TIME_OUT_OF_RANGE` after the clock is right.
 */
export const contractErrors = {
  FUNCTION_UNKNOWN: {
    en: 'The contract has no such function',
    zh: '合约没有此函数',
    nextEn: 'Call one of the functions named in details; check that client and chaincode are of one version.',
    nextZh: '请调用 details 中列出的函数，并确认客户端与链码版本一致。',
  },
  ARGUMENTS_COUNT: {
    en: 'Wrong number of arguments',
    zh: '参数个数不对',
    nextEn: 'Give exactly as many arguments as details says.',
    nextZh: '请按 details 所列个数传入参数。',
  },
  ARGUMENT_TOO_LARGE: {
    en: 'An argument is too large',
    zh: '参数过大',
    nextEn: 'Send digests and short descriptions, never a document itself.',
    nextZh: '请只提交摘要和简短说明，不要提交文件本身。',
  },
  ARGUMENT_NOT_CANONICAL: {
    en: 'An argument is not canonical JSON',
    zh: '参数不是规范化 JSON',
    nextEn: 'Send UTF-8 JSON with sorted keys, no spaces, no repeated key and no fraction (RFC 8785).',
    nextZh: '请提交 UTF-8 编码、键已排序、无空格、无重复键、无小数的 JSON（RFC 8785）。',
  },
  ARGUMENT_MALFORMED: {
    en: 'An argument does not have the form it must have',
    zh: '参数格式不符合要求',
    nextEn: 'Correct what details names and send it again.',
    nextZh: '请按 details 所列逐项更正后重新提交。',
  },
  CALLER_NOT_ALLOWED: {
    en: "The caller's organisation may not do this",
    zh: '调用方所属机构无权执行此操作',
    nextEn: 'Use a certificate of one of the organisations named in details.',
    nextZh: '请使用 details 所列机构签发的证书。',
  },
  CERTIFICATE_UNREADABLE: {
    en: "The caller's certificate cannot be read",
    zh: '无法读取调用方证书',
    nextEn: "Use an X.509 certificate issued by the organisation's CA.",
    nextZh: '请使用本机构 CA 签发的 X.509 证书。',
  },
  TIME_OUT_OF_RANGE: {
    en: "The transaction's time is more than five minutes from the node's clock",
    zh: '交易时间与节点时钟相差超过五分钟',
    nextEn: 'Set the clock of the client and of the node by one time source, then send it again.',
    nextZh: '请将客户端与节点的时钟校准到同一时间源后重新提交。',
  },
  NETWORK_MISSING: {
    en: 'The network record has not been written yet',
    zh: '尚未写入网络标识记录',
    nextEn: "Call Bootstrap once, with the genesis block's hash and the node organisations.",
    nextZh: '请先调用一次 Bootstrap，传入创世区块哈希和节点机构。',
  },
  NETWORK_CONFLICT: {
    en: 'The network record is already written, with other content',
    zh: '网络标识记录已存在且内容不同',
    nextEn: 'Compare with GetNetwork; the record is written once and never changed.',
    nextZh: '请用 GetNetwork 核对；该记录只写一次，不可更改。',
  },
  ANCHOR_NOT_FOUND: {
    en: 'There is no anchor with this id',
    zh: '没有此编号的存证',
    nextEn: 'Check the id, or look the document up by its digest.',
    nextZh: '请核对编号，或按文件摘要查询。',
  },
  ANCHOR_CONFLICT: {
    en: 'This document is already anchored, with other particulars',
    zh: '该文件已上链存证，且登记内容不同',
    nextEn: 'An anchor is never overwritten: use the one that exists; details names the fields that differ.',
    nextZh: '存证不可覆盖：请使用已有存证；不同的字段见 details。',
  },
  PREVIOUS_NOT_FOUND: {
    en: 'The anchor named as the previous version does not exist',
    zh: '所指的前一版本存证不存在',
    nextEn: 'Anchor the earlier version first, or leave previous out.',
    nextZh: '请先为前一版本存证，或不填 previous。',
  },
  PREVIOUS_MISMATCH: {
    en: 'The previous version belongs to another project or is of another type',
    zh: '前一版本属于其他项目或其他文件类型',
    nextEn: 'Name an anchor of the same project and type.',
    nextZh: '请指明同一项目、同一类型的存证。',
  },
  GENERATED_IN_FUTURE: {
    en: 'The document says it was made later than it is anchored',
    zh: '文件生成时间晚于上链时间',
    nextEn: 'Correct provenance.generatedAt; a date means a day in Asia/Shanghai.',
    nextZh: '请更正 provenance.generatedAt；日期按北京时间计。',
  },
  BATCH_NOT_FOUND: {
    en: 'There is no batch with this id',
    zh: '没有此编号的批次',
    nextEn: 'Check the id: it follows from network, submitter and SHA-256 root.',
    nextZh: '请核对编号：它由网络、提交者和 SHA-256 根推出。',
  },
  BATCH_CONFLICT: {
    en: 'This root is already anchored, with another size, leaf format or SM3 root',
    zh: '该根已上链，且叶子数、叶子格式或 SM3 根不同',
    nextEn: 'Build both trees over the same leaves; details names the fields that differ.',
    nextZh: '请用同一组叶子生成两棵树；不同的字段见 details。',
  },
  LANE_NOT_FOUND: {
    en: 'There is no lane with this id',
    zh: '没有此编号的批次序列',
    nextEn: 'Check the id, or list the lanes; a lane begins with its first batch.',
    nextZh: '请核对编号或列出全部序列；序列自第一个批次起存在。',
  },
  INTERNAL: {
    en: 'The contract failed unexpectedly',
    zh: '合约内部错误',
    nextEn: 'Nothing was recorded. Report the transaction id to those who run the nodes.',
    nextZh: '未写入任何内容。请将交易编号告知节点运维人员。',
  },
} as const satisfies Record<string, ContractErrorGuide>

/** Every code of {@link contractErrors}. */
export type ContractErrorCode = keyof typeof contractErrors

/** Whether a text is one of {@link contractErrors}. */
export function isContractErrorCode(text: string): text is ContractErrorCode {
  return Object.hasOwn(contractErrors, text)
}
