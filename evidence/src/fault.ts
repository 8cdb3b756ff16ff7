import { fill, type Text, type TextValues } from './format/text.js'

/**
 * Everything that can be wrong with a document, an evidence file or a trust file, in one closed list: the code for
 * programs, the sentence for people. Codes are never renamed; places in braces are filled in.
 */
const FAULTS = {
  // Any file
  TOO_LARGE: { en: 'more than {limit} bytes or entries: not read', zh: '超过 {limit} 字节或条目，不予读取' },
  NOT_JSON: { en: 'not JSON in UTF-8', zh: '不是 UTF-8 编码的 JSON' },
  NOT_CANONICAL: {
    en: 'not the one canonical form of its JSON: a byte was added, moved or changed',
    zh: '不是规范化 JSON 的唯一写法：有字节被增加、移动或改动',
  },
  WRONG_KIND: { en: 'a file of kind {kind}, not {expected}', zh: '文件类型为 {kind}，应为 {expected}' },
  UNKNOWN_VERSION: {
    en: 'version {version} is not known to this verifier: use a newer one',
    zh: '本核验程序不认识版本 {version}，请使用更新的程序',
  },
  SCHEMA: { en: 'does not follow its schema at {path}: {why}', zh: '在 {path} 处不符合格式：{why}' },

  // Trust file
  TRUST_NOT_YET_VALID: { en: 'the trust file holds from {from} only', zh: '信任文件自 {from} 起才有效' },
  TRUST_EXPIRED: {
    en: 'the trust file held until {until}: get the current one and confirm its fingerprint',
    zh: '信任文件有效期至 {until}，请取得现行文件并核对指纹',
  },
  TRUST_FINGERPRINT: {
    en: 'the trust file’s fingerprint is {actual}, the one confirmed is {expected}',
    zh: '信任文件指纹为 {actual}，所确认的是 {expected}',
  },
  TRUST_CERTIFICATE: { en: '{mspId}: not a usable CA certificate: {why}', zh: '{mspId}：不是可用的 CA 证书：{why}' },
  TRUST_SHARED_ROOT: { en: '{mspId} and {other} share a CA', zh: '{mspId} 与 {other} 共用同一 CA' },
  TRUST_TLS_ROOT: {
    en: "{mspId}: a TLS CA can't be a root of signatures",
    zh: '{mspId}：TLS 的 CA 不能作为签名根证书',
  },
  TRUST_INCONSISTENT: { en: 'the trust file contradicts itself: {why}', zh: '信任文件自相矛盾：{why}' },
  ROTATION_TRIAL: {
    en: 'a trial network stays one: its keys were in one hand; begin a new network',
    zh: '试用网络的密钥曾由同一运行者掌握，不能改称正式网络，请新建网络',
  },
  ROTATION_OTHER_NETWORK: { en: 'the new trust file is for another network', zh: '新信任文件属于另一个网络' },
  ROTATION_NUMBER: {
    en: 'the new trust file must be number {expected}, not {actual}',
    zh: '新信任文件的序号应为 {expected}，而不是 {actual}',
  },
  ROTATION_SIGNATURE: { en: 'a signature of administrator {name} is wrong', zh: '管理员 {name} 的签名有误' },
  ROTATION_ADMINISTRATOR: {
    en: 'signed by a key that is no administrator of this trust file',
    zh: '签名密钥不属于本信任文件的管理员',
  },
  ROTATION_TOO_FEW: {
    en: '{signed} of the {needed} needed administrators signed',
    zh: '需要 {needed} 名管理员签名，只有 {signed} 名',
  },

  // Document
  DOCUMENT_DIGEST: {
    en: 'the {algorithm} digest of the document is {actual}, not in this evidence',
    zh: '文件的 {algorithm} 摘要为 {actual}，与凭证不符',
  },
  DOCUMENT_SIZE: {
    en: 'the document has {actual} bytes, its record says {expected}',
    zh: '文件为 {actual} 字节，记录为 {expected} 字节',
  },
  DIGEST_FORM: { en: 'not a digest in lower-case hexadecimal: {value}', zh: '不是小写十六进制摘要：{value}' },

  // Batch
  INCLUSION_PROOF: {
    en: 'the path does not fit these leaves in a tree of {size}',
    zh: '路径与 {size} 个叶子的树中这些叶子不匹配',
  },
  INCLUSION_ROOT: {
    en: 'the path does not lead to the anchored {algorithm} root',
    zh: '路径推不出已上链的 {algorithm} 根',
  },
  INCLUSION_SIZE: {
    en: 'the tree has {actual} leaves here, {expected} on the chain',
    zh: '此处树有 {actual} 个叶子，链上为 {expected}',
  },

  // Checkpoint
  KEPT_UNSOUND: { en: 'the kept file proves nothing by itself: {en}', zh: '留存的文件本身不能证明：{zh}' },
  KEPT_UNDECIDED: { en: 'the kept file can’t be decided on: {en}', zh: '留存的文件无法判断：{zh}' },
  KEPT_LATER: {
    en: 'the kept checkpoint is number {kept}, later than number {number}: swap the two',
    zh: '留存的是第 {kept} 号检查点，晚于第 {number} 号，请对调',
  },
  CONSISTENCY_ABSENT: {
    en: 'the file has no proof from a log of {size} batches: ask for one',
    zh: '文件没有自 {size} 个批次的日志起的证明，请索取',
  },
  CONSISTENCY_PROOF: {
    en: 'what the kept checkpoint held is not what the log begins with ({algorithm}): the past was changed, or the proof is wrong',
    zh: '日志的开头与留存的检查点不符（{algorithm}）：历史被改动，或证明有误',
  },
  MEMBER_ABSENT: {
    en: 'the file has no proof for batch {id}: ask for one',
    zh: '文件没有批次 {id} 的证明，请索取',
  },
  MEMBER_PROOF: {
    en: 'the path of batch {id} does not lead to the log’s {algorithm} root',
    zh: '批次 {id} 的路径推不出日志的 {algorithm} 根',
  },

  // Vouchers of a contract
  VOUCHER_OTHER: {
    en: 'voucher {voucher} is none of contract {contract}',
    zh: '凭证 {voucher} 不属于合同 {contract}',
  },
  VOUCHER_MORE: {
    en: 'voucher {voucher} is given, the nodes held {count}',
    zh: '所给凭证 {voucher} 超出节点所存的 {count} 张',
  },
  VOUCHER_TWICE: { en: 'voucher {voucher} is given twice', zh: '凭证 {voucher} 重复出现' },
  VOUCHER_MISSING: { en: 'voucher {voucher} is left out', zh: '缺少凭证 {voucher}' },
  VOUCHER_ORDER: { en: 'voucher {voucher} is out of order', zh: '凭证 {voucher} 顺序不对' },
  VOUCHER_CHANGED: {
    en: 'voucher {voucher} is not the one that was issued: its digest is not the one that follows from the head',
    zh: '凭证 {voucher} 与开具时不符：其摘要与由链头推得的不一致',
  },
  VOUCHER_START: {
    en: 'the chain does not begin at H0 of contract {contract} in this network',
    zh: '哈希链并非始于本网络中合同 {contract} 的 H0',
  },
  VOUCHER_SUM: {
    en: '{what} is {actual} fen by these vouchers, {expected} by the nodes',
    zh: '{what}：按所给凭证为 {actual} 分，节点所存为 {expected} 分',
  },
  SETTLEMENT_HEAD: {
    en: 'settlement {settlement} counted {count} vouchers with another head',
    zh: '结算 {settlement} 所计 {count} 张凭证的链头与此不符',
  },

  // Receipt: encoding
  RECEIPT_TYPE: { en: 'a receipt of type {type}, unknown to this verifier', zh: '本核验程序不认识回执类型 {type}' },
  RECEIPT_MALFORMED: { en: '{part} is not in the one strict encoding: {why}', zh: '{part} 不是唯一的严格编码：{why}' },
  PROPOSAL_HASH: {
    en: 'the signed proposal hash is not the hash of this proposal',
    zh: '签名中的提案哈希与此提案不符',
  },
  // Receipt: header
  HEADER_TYPE: { en: 'header {field} is {actual}, not {expected}', zh: '头部 {field} 为 {actual}，应为 {expected}' },
  OTHER_CHANNEL: {
    en: 'a receipt of channel {actual}, not {expected}',
    zh: '回执属于通道 {actual}，而不是 {expected}',
  },
  TRANSACTION_ID: {
    en: 'the transaction id is not the hash of nonce and creator',
    zh: '交易号不是随机数与创建者的哈希',
  },
  RECEIPT_FUTURE: {
    en: 'the receipt is dated {receipt}, later than the clock it is verified by',
    zh: '回执日期 {receipt} 晚于核验所用的时钟',
  },
  HEADER_TIME: { en: 'the header holds no usable time', zh: '头部没有可用的时间' },
  // Receipt: chaincode
  CHAINCODE_NAME: {
    en: '{place} names chaincode {actual}, not {expected}',
    zh: '{place} 写的是链码 {actual}，应为 {expected}',
  },
  CHAINCODE_DEFINITION: {
    en: '{name} {version} as committed in block {block}, transaction {transaction}, is not accepted by this trust file; if the chaincode was upgraded, get the current trust file',
    zh: '本信任文件不接受区块 {block} 第 {transaction} 笔交易所提交的 {name} {version}；若链码已升级，请取得现行信任文件',
  },
  // Receipt: call
  CALL_INIT: { en: 'the call is an initialisation', zh: '该调用是初始化' },
  CALL_DECORATIONS: { en: 'the call carries decorations', zh: '该调用带有附加装饰' },
  CALL_TRANSIENT: { en: 'the call carries transient data', zh: '该调用带有临时数据' },
  CALL_ARGUMENTS: { en: 'the call is {actual}, not {expected}', zh: '调用为 {actual}，应为 {expected}' },
  // Receipt: result
  RESULT_STATUS: { en: 'the nodes answered with status {status} {message}', zh: '节点应答状态为 {status} {message}' },
  RESULT_EVENTS: { en: 'the result carries an event', zh: '结果带有事件' },
  RESULT_NAMESPACES: { en: 'the result touches {actual}, not {expected}', zh: '结果涉及 {actual}，应为 {expected}' },
  RESULT_READS: { en: 'the result read {actual}, not {expected}', zh: '结果读取了 {actual}，应为 {expected}' },
  RESULT_ABSENT: { en: '{key} was read and is not on the chain', zh: '读取了 {key}，但链上没有' },
  RESULT_WRITES: {
    en: 'the result writes {key}: a proposed change, not a record held',
    zh: '结果写入 {key}：是拟议变更，不是已有记录',
  },
  RESULT_METADATA_WRITES: { en: 'the result changes the policy of {key}', zh: '结果改变 {key} 的策略' },
  RESULT_RANGES: { en: 'the result carries a range query', zh: '结果带有范围查询' },
  RESULT_COLLECTIONS: { en: 'the result touches private collections', zh: '结果涉及私有数据集合' },
  // Receipt: response
  RECORD_FORM: { en: 'the answer is no canonical anchor record: {why}', zh: '应答不是规范的上链记录：{why}' },
  RECORD_KIND: {
    en: 'the answer is a record of kind {actual}, not {expected}',
    zh: '应答记录类型为 {actual}，应为 {expected}',
  },
  RECORD_ID: { en: 'the record is {actual}, asked for was {expected}', zh: '记录为 {actual}，所查询的是 {expected}' },
  RECORD_ID_DERIVED: { en: "the record's id does not follow from its content", zh: '记录编号与其内容不符' },
  RECORD_NETWORK: {
    en: 'the record is of network {actual}, not {expected}',
    zh: '记录属于网络 {actual}，而不是 {expected}',
  },
  RECORD_TIME: {
    en: 'the record is later ({record}) than the receipt that states it ({receipt})',
    zh: '记录时间（{record}）晚于陈述它的回执（{receipt}）',
  },
  // Receipt: endorsers
  ENDORSER_ORGANIZATION: {
    en: '{mspId} is not among the organisations that are to sign',
    zh: '{mspId} 不在应签名的机构之列',
  },
  ENDORSER_ORDER: {
    en: 'endorsements must be one an organisation, ascending by its id: {mspId} is out of place',
    zh: '每机构一个复核签名并按编号升序：{mspId} 位置不对',
  },
  ENDORSER_CERTIFICATE: {
    en: "{mspId}: its node's certificate is refused: {why}",
    zh: '{mspId}：其节点证书不被接受：{why}',
  },
  ENDORSER_ROLE: { en: '{mspId}: signed as {role}, not by a peer', zh: '{mspId}：签名者角色为 {role}，不是节点' },
  ENDORSER_SIGNATURE: { en: '{mspId}: the signature does not verify', zh: '{mspId}：签名核验不通过' },
  ENDORSER_SIGNATURE_FORM: {
    en: '{mspId}: the signature is not strict DER with low S',
    zh: '{mspId}：签名不是严格 DER 且低 S 的形式',
  },
  TOO_FEW_ENDORSERS: {
    en: 'signed by {count} organisations, at least {least} are needed',
    zh: '{count} 家机构签名，至少需要 {least} 家',
  },
  // Certificates and co-signatures
  CERTIFICATE_REVOKED: {
    en: "{mspId}: the node's certificate was revoked; whether the signature is older can't be told",
    zh: '{mspId}：节点证书已被吊销，无法判断签名是否早于吊销',
  },
  CERTIFICATE_EXPIRED: {
    en: "{mspId}: the node's certificate expired on {until}, after it signed",
    zh: '{mspId}：节点证书已于 {until} 到期，签名在此之前',
  },
  COSIGNATURE_TYPE: {
    en: 'co-signatures of types this verifier does not examine: {types}',
    zh: '本核验程序不检验的联合签名类型：{types}',
  },
  COSIGNATURE_KEY: {
    en: 'co-signed with a key that this trust file does not list',
    zh: '联合签名的密钥不在本信任文件中',
  },
  COSIGNATURE_TWICE: { en: '{name} stands twice among the co-signatures', zh: '{name} 的联合签名重复出现' },
  COSIGNATURE_WRONG: {
    en: 'the SM2 co-signature of {name} is not over this record, or is forged',
    zh: '{name} 的 SM2 联合签名并非针对本记录，或系伪造',
  },
  TIMESTAMP_FORM: {
    en: 'the time-stamp is no strict RFC 3161 token: {why}',
    zh: '时间戳不是严格的 RFC 3161 令牌：{why}',
  },
  TIMESTAMP_AUTHORITY: { en: 'this trust file pins no time-stamping authority', zh: '本信任文件未列时间戳机构' },
  TIMESTAMP_IMPRINT: { en: 'the time-stamp is over something else', zh: '时间戳针对的是其他内容' },
  TIMESTAMP_CERTIFICATE: {
    en: 'the time-stamping authority’s certificate is refused: {why}',
    zh: '时间戳机构证书不被接受：{why}',
  },
  TIMESTAMP_SIGNATURE: { en: 'the time-stamp’s signature does not verify', zh: '时间戳签名核验不通过' },
  TIMESTAMP_TWICE: { en: 'a time-stamp stands twice', zh: '时间戳重复出现' },
  TIMESTAMP_FUTURE: {
    en: 'the time-stamp is dated {time}, later than the clock it is verified by',
    zh: '时间戳日期 {time} 晚于核验所用的时钟',
  },
  TIMESTAMP_EARLY: {
    en: 'the time-stamp ({time}) is older than the receipt that it is over ({receipt})',
    zh: '时间戳（{time}）早于其所针对的回执（{receipt}）',
  },
  TIMESTAMP_REFUSED: { en: 'the authority gave no time-stamp: status {status}', zh: '时间戳机构未签发：状态 {status}' },
  // Block proof
  BLOCK_TWICE: { en: 'more than one block proof', zh: '有不止一份区块证明' },
  BLOCK_METADATA: {
    en: 'the block carries other metadata than its orderers’ signatures, which nobody signs',
    zh: '区块带有排序节点签名之外的元数据，而那些无人签名',
  },
  BLOCK_SIGNATURE_FORM: {
    en: 'the signatures must be one an orderer, each by its number, ascending',
    zh: '签名须每个排序节点一个，以编号标明并升序排列',
  },
  BLOCK_CUT: {
    en: 'envelope {index} has no content or no signature: where it begins and ends can’t be told',
    zh: '第 {index} 个信封没有内容或签名，无法判断其起止',
  },
  BLOCK_DATA_HASH: {
    en: 'the transactions are not those whose hash the block’s header holds',
    zh: '交易内容与区块头中的哈希不符',
  },
  BLOCK_ORDERERS_UNKNOWN: {
    en: 'this trust file names no orderers for block {block}',
    zh: '本信任文件未列出区块 {block} 的排序节点',
  },
  BLOCK_SIGNATURE: {
    en: '{wrong} of the block’s {count} signatures are not by the orderers that this trust file names for block {block}; if the orderers changed, get the current trust file',
    zh: '区块的 {count} 个签名中有 {wrong} 个不是本信任文件为区块 {block} 所列排序节点的签名；若排序节点已变更，请取得现行信任文件',
  },
  BLOCK_QUORUM: {
    en: 'signed by {count} of {all} orderers, at least {quorum} are needed',
    zh: '{all} 个排序节点中有 {count} 个签名，至少需要 {quorum} 个',
  },
  BLOCK_PLACE: {
    en: 'this is block {actual}, the record stands in block {expected}',
    zh: '此为区块 {actual}，记录在区块 {expected}',
  },
  BLOCK_TRANSACTION: {
    en: 'at place {place} of the block stands {actual}, not transaction {expected}',
    zh: '区块第 {place} 笔为 {actual}，而不是交易 {expected}',
  },
  BLOCK_WRITE: {
    en: 'the transaction does not write this record at {key}',
    zh: '该交易并未在 {key} 写入本记录',
  },
  BLOCK_SUBMITTER: {
    en: 'the transaction is not by the submitter that the record names: {why}',
    zh: '交易并非由记录所载提交者提交：{why}',
  },

  COSIGNATURE_UNPROVEN: { en: 'not co-signed, as it is not proven: {why}', zh: '未经证明，不予联合签名：{why}' },

  NOT_REACHED: { en: 'not looked at, because of an earlier step', zh: '因前面的步骤而未检验' },
  INTERNAL: { en: 'the verifier itself failed: {why}; please report this', zh: '核验程序自身出错：{why}；请报告' },
} as const satisfies Record<string, Text>

/** What can be wrong; closed, so that a `switch` over it is checked. */
export type FaultCode = keyof typeof FAULTS

/** A finding: code, the values in it, and the sentence in both languages. */
export class EvidenceError extends Error {
  override readonly name = 'EvidenceError'
  readonly text: Text

  constructor(
    readonly code: FaultCode,
    readonly values: TextValues = {},
    options?: ErrorOptions,
  ) {
    const text = fill(FAULTS[code], values)
    super(text.en, options)
    this.text = text
  }
}

/** Short form of an error's cause for the `{why}` of a fault. */
export function why(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
