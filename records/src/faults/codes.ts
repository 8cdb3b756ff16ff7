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
  RULES_BROKEN: {
    en: 'The transaction breaks rules',
    zh: '违反业务规则',
    nextEn: 'Correct every broken rule that details.verdicts names, with what had to hold and what was found.',
    nextZh: 'details.verdicts 列出全部被违反的规则、要求与实际情况，请逐项更正后重报。',
  },
  CALLER_NOT_REGISTERED: {
    en: "The caller's key is not registered on the chain, or no longer valid",
    zh: '调用方密钥未在链上登记，或已失效',
    nextEn: 'Have the key registered for its role with the three node organisations, or use one that is.',
    nextZh: '请经三个节点机构登记该密钥及其岗位，或使用已登记的密钥。',
  },
  ROLE_NOT_ALLOWED: {
    en: 'This role may not do this, or not for this project or contract',
    zh: '该岗位无权办理此事项，或不属于本项目、本合同的相关方',
    nextEn: 'Have it done by one of the roles that details names, for the party named there.',
    nextZh: '有权办理的岗位及其所属单位见 details。',
  },
  RECORD_NOT_FOUND: {
    en: 'A record that this needs does not exist',
    zh: '所需记录不存在',
    nextEn: 'Check the number that details names, or write that record first.',
    nextZh: '请核对 details 所列编号，或先登记该记录。',
  },
  RECORD_EXISTS: {
    en: 'The record exists already, with other content',
    zh: '该记录已存在，且内容不同',
    nextEn: 'Nothing is overwritten: use another number, or the transaction that changes the record.',
    nextZh: '记录不可覆盖：请使用其他编号，或使用相应的变更交易。',
  },
  STATUS_CONFLICT: {
    en: "The record's status does not allow this step",
    zh: '该记录当前状态不允许此操作',
    nextEn: 'Go on from one of the statuses that details names.',
    nextZh: '当前状态及允许此操作的状态见 details。',
  },
  TIME_DECREASES: {
    en: "The event is earlier than the record's last one",
    zh: '事件时间早于该记录的上一事件',
    nextEn: 'Send the events of a record in their order.',
    nextZh: '请按发生先后提交同一记录的事件。',
  },
  BACKFILL_NOT_OPEN: {
    en: 'A past moment is given, and no backfill is open for the project',
    zh: '填写了过去时间，但该项目未开启补录',
    nextEn: 'Leave `at` out, or have the three node organisations open a backfill for the project.',
    nextZh: '请不要填写 at，或先由三个节点机构为该项目开启补录。',
  },
  CALLED_DIRECTLY: {
    en: 'This function is called by another chaincode only',
    zh: '此函数只能由其他链码调用',
    nextEn: 'Call the chaincode that details names.',
    nextZh: '请调用 details 所列链码。',
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
  CHECKPOINT_NOT_FOUND: {
    en: 'There is no checkpoint with this number',
    zh: '没有此编号的检查点',
    nextEn: 'Check the number: checkpoints are numbered from 1 without gap.',
    nextZh: '请核对编号：检查点自 1 起连续编号。',
  },
  CHECKPOINT_CONFLICT: {
    en: 'The checkpoint must have the next number, or be the same as the one of that number',
    zh: '检查点必须是下一编号，或与该编号已有的检查点相同',
    nextEn: 'Read the log and the lanes again and join what is not joined yet; details names the next number.',
    nextZh: '请重新读取日志和各序列，再合并尚未合并的批次；下一编号见 details。',
  },
  LANE_ALREADY_JOINED: {
    en: 'The batches of a lane up to this number are in the log already',
    zh: '该序列至此编号的批次已并入日志',
    nextEn: 'Name only lanes with batches beyond the number in details.',
    nextZh: '请只列出批次编号超过 details 所列编号的序列。',
  },
  LANE_ENTRY_NOT_FOUND: {
    en: 'A lane does not have a batch of this number',
    zh: '序列中没有此编号的批次',
    nextEn: 'Join each lane only up to its last batch: read its head.',
    nextZh: '每个序列最多合并到其最后一个批次，请先读取其当前状态。',
  },
  CHECKPOINT_TOO_LARGE: {
    en: 'More batches than one checkpoint joins',
    zh: '批次数超过一个检查点可合并的上限',
    nextEn: 'Join at most as many batches as details says, and the rest by the next checkpoint.',
    nextZh: '请按 details 所列上限合并，其余由下一检查点合并。',
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
