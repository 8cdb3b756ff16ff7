import type { ContractErrorGuide } from '@caizheng/records'

/** Where a call was when it failed. `prepare`: nothing was sent yet. */
export type Stage = 'prepare' | 'connect' | 'evaluate' | 'endorse' | 'submit' | 'commit' | 'follow'

/**
 * What the client itself can find wrong, and what to do about it, in both languages. The list is closed: codes are added,
 * never renamed or reused. A contract's own refusals keep the contract's codes (`contractErrors` of the records package).
 */
export const clientErrors = {
  PROFILE_NOT_FOUND: {
    en: "The profile can't be read",
    zh: '无法读取连接配置文件',
    nextEn: "Check the path of the profile; the network's operator hands it out.",
    nextZh: '请核对配置文件路径；该文件由网络运维方发放。',
  },
  PROFILE_INVALID: {
    en: 'The profile is not usable',
    zh: '连接配置文件不可用',
    nextEn: 'Correct the field that the message names.',
    nextZh: '请更正提示中所列字段。',
  },
  CERTIFICATE_NOT_FOUND: {
    en: "The certificate can't be read",
    zh: '无法读取证书',
    nextEn: "Put the certificate where the profile says, or correct the path; it starts from the profile's folder.",
    nextZh: '请将证书放到配置所指位置，或更正路径（相对于配置文件所在目录）。',
  },
  CERTIFICATE_INVALID: {
    en: 'The certificate is not usable',
    zh: '证书不可用',
    nextEn: 'Give a PEM file with one X.509 certificate for a P-256 key.',
    nextZh: '请提供 PEM 格式、单个、P-256 密钥的 X.509 证书。',
  },
  CERTIFICATE_NOT_YET_VALID: {
    en: 'The certificate is not valid yet',
    zh: '证书尚未生效',
    nextEn: "Check this machine's clock, or wait until the certificate is valid.",
    nextZh: '请检查本机时钟，或等证书生效后再试。',
  },
  CERTIFICATE_EXPIRED: {
    en: 'The certificate has expired',
    zh: '证书已过期',
    nextEn: "Ask the organisation's CA for a new certificate and put it in place of this one.",
    nextZh: '请向本机构 CA 申请新证书并替换。',
  },
  PRIVATE_KEY_NOT_FOUND: {
    en: "The private key can't be read",
    zh: '无法读取私钥',
    nextEn: "Put the private key where the profile says, or correct the path; it starts from the profile's folder.",
    nextZh: '请将私钥放到配置所指位置，或更正路径（相对于配置文件所在目录）。',
  },
  PRIVATE_KEY_INVALID: {
    en: 'The private key is not usable',
    zh: '私钥不可用',
    nextEn: 'Give an unencrypted PEM file with one P-256 private key.',
    nextZh: '请提供 PEM 格式、未加密的 P-256 私钥。',
  },
  PRIVATE_KEY_MISMATCH: {
    en: "Private key and certificate don't belong together",
    zh: '私钥与证书不匹配',
    nextEn: 'Give the private key that the certificate was issued for.',
    nextZh: '请提供与证书配对的私钥。',
  },
  TLS_ROOTS_NOT_FOUND: {
    en: "The TLS CA certificates can't be read",
    zh: '无法读取 TLS 根证书',
    nextEn: "Put the TLS CA's certificate where the profile says, or correct the path.",
    nextZh: '请将 TLS 根证书放到配置所指位置，或更正路径。',
  },
  TIMESTAMP_UNAVAILABLE: {
    en: 'The time-stamping authority gave no time-stamp',
    zh: '时间戳机构未签发时间戳',
    nextEn: 'Check its address and the connection, then ask again; the evidence holds without it.',
    nextZh: '请核对地址与网络后重试；没有时间戳，凭证依然有效。',
  },
  TIMESTAMP_REJECTED: {
    en: "The time-stamp doesn't hold under this trust file",
    zh: '时间戳不被本信任文件接受',
    nextEn: "Have the authority's root put into the trust file, or ask another authority.",
    nextZh: '请将该机构根证书列入信任文件，或改用其他机构。',
  },
  DOCUMENT_NOT_FOUND: {
    en: 'There is no such file',
    zh: '找不到文件',
    nextEn: 'Check the path.',
    nextZh: '请核对文件路径。',
  },
  DOCUMENT_UNREADABLE: {
    en: "The document can't be read",
    zh: '无法读取文件',
    nextEn: 'Check that the document is a readable file and that nothing writes to it.',
    nextZh: '请确认文件可读且未被其他程序写入。',
  },
  OUTPUT_UNWRITABLE: {
    en: "The file can't be written",
    zh: '无法写入文件',
    nextEn: 'Choose a folder that exists, may be written to and has room.',
    nextZh: '请选择存在、可写且空间充足的目录。',
  },
  JOURNAL_DAMAGED: {
    en: "The journal doesn't hold what was put into it",
    zh: '待上链队列中的数据已损坏',
    nextEn: 'Restore the journal from a backup; anchor the documents of this batch again if there is none.',
    nextZh: '请从备份恢复待上链队列；如无备份，请对该批文件重新存证。',
  },
  INPUT_INVALID: {
    en: 'What was given is not usable',
    zh: '输入不符合要求',
    nextEn: 'Correct what the message names.',
    nextZh: '请按提示更正输入。',
  },
  NOT_REACHABLE: {
    en: "The peer can't be reached",
    zh: '无法连接节点',
    nextEn:
      'Check that the peer is up and that address, port and TLS settings of the profile are right; then try again.',
    nextZh: '请确认节点已启动，配置中的地址、端口和 TLS 设置正确，然后重试。',
  },
  OVERLOADED: {
    en: 'The peer has too many requests',
    zh: '节点请求过多',
    nextEn: 'Send fewer requests at once, or wait and try again.',
    nextZh: '请降低并发或稍后重试。',
  },
  NOT_PERMITTED: {
    en: 'The network refuses this identity',
    zh: '网络拒绝该身份',
    nextEn: "Check the MSP id, that the organisation's CA issued the certificate, and that it isn't revoked.",
    nextZh: '请核对 MSP 标识、证书是否由本机构 CA 签发且未被吊销。',
  },
  CHANNEL_NOT_FOUND: {
    en: "The peer doesn't know the channel",
    zh: '节点上没有该通道',
    nextEn: 'Check the channel name of the profile and that the peer has joined it.',
    nextZh: '请核对配置中的通道名，并确认节点已加入该通道。',
  },
  CHAINCODE_NOT_FOUND: {
    en: 'The channel has no such chaincode',
    zh: '通道上没有该链码',
    nextEn: 'Check the chaincode name and that it is defined on the channel.',
    nextZh: '请核对链码名称，并确认其已在通道上定义。',
  },
  CHAINCODE_UNAVAILABLE: {
    en: "The chaincode doesn't run",
    zh: '链码未运行',
    nextEn: 'Check that the chaincode runs at the named organisations; then try again.',
    nextZh: '请确认所列机构的链码正在运行，然后重试。',
  },
  CHAINCODE_FAILED: {
    en: 'The chaincode failed without a code of its own',
    zh: '链码执行失败',
    nextEn: 'Read what each organisation said; correct the request or the chaincode.',
    nextZh: '请查看各机构节点的答复，更正请求或链码。',
  },
  NOT_ENOUGH_ORGANIZATIONS: {
    en: 'Too few organisations can endorse',
    zh: '可复核的机构不足',
    nextEn: 'Bring the missing organisations back, or check the endorsement policy; then try again.',
    nextZh: '请恢复缺失机构的节点，或核对复核策略，然后重试。',
  },
  ENDORSEMENTS_DIFFER: {
    en: 'The organisations came to different results',
    zh: '各机构复核结果不一致',
    nextEn: 'Try again; if it stays, the organisations run different code or the function is not deterministic.',
    nextZh: '请重试；若仍不一致，说明各机构链码不同或函数结果不确定。',
  },
  REQUEST_REFUSED: {
    en: 'The network refuses the request',
    zh: '网络拒绝该请求',
    nextEn: 'Read what each organisation said and correct the request; repeating it will not help.',
    nextZh: '请查看各机构答复并更正请求；原样重发无效。',
  },
  RESPONSE_INVALID: {
    en: 'The answer is not what this version expects',
    zh: '答复不符合本版本格式',
    nextEn: 'Check that client and chaincode are of one version.',
    nextZh: '请确认客户端与链码版本一致。',
  },
  SUBMIT_REFUSED: {
    en: 'The orderers refused the transaction',
    zh: '排序节点拒绝交易',
    nextEn: 'Read what the orderers said; nothing was recorded.',
    nextZh: '请查看排序节点的答复；未写入任何内容。',
  },
  OUTCOME_UNKNOWN: {
    en: "It isn't known whether the transaction was recorded",
    zh: '交易结果未知',
    nextEn: 'Ask for the status of this transaction id; anchoring the same document again is harmless.',
    nextZh: '请按此交易编号查询状态；对同一文件再次存证不会重复。',
  },
  CONFLICT: {
    en: 'Others changed the same records meanwhile',
    zh: '相关记录被同时修改',
    nextEn: 'Nothing was recorded; try again.',
    nextZh: '未写入任何内容，请重试。',
  },
  DUPLICATE_TRANSACTION: {
    en: 'This transaction id is on the chain already',
    zh: '该交易编号已在链上',
    nextEn: 'Ask for its status instead of sending it again.',
    nextZh: '请查询其状态，不要重发。',
  },
  POLICY_NOT_MET: {
    en: "The endorsements don't satisfy the policy",
    zh: '复核签名不满足策略',
    nextEn: 'Check the policy and which organisations endorsed.',
    nextZh: '请核对复核策略及参与复核的机构。',
  },
  INVALIDATED: {
    en: 'The peers recorded the transaction as invalid',
    zh: '交易被判无效',
    nextEn: 'It has no effect; look up its validation code.',
    nextZh: '该交易无效力；请查看其有效性代码。',
  },
  TIMED_OUT: {
    en: 'There was no answer in time',
    zh: '等待超时',
    nextEn: 'Try again, or allow more time.',
    nextZh: '请重试或延长等待时间。',
  },
  CANCELLED: {
    en: 'The caller stopped the call',
    zh: '调用方中止',
    nextEn: 'Call again when it is wanted.',
    nextZh: '需要时请重新发起。',
  },
  CLOSED: {
    en: 'The client is closed',
    zh: '客户端已关闭',
    nextEn: 'Connect again.',
    nextZh: '请重新连接。',
  },
  UNEXPECTED: {
    en: 'Something unforeseen went wrong',
    zh: '发生意外错误',
    nextEn: 'Report this with the message and the transaction id.',
    nextZh: '请将提示内容与交易编号一并反馈。',
  },
} as const satisfies Record<string, ContractErrorGuide>

/** A key of {@link clientErrors}. */
export type ClientErrorCode = keyof typeof clientErrors
