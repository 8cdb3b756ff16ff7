import type { Text } from '@caizheng/evidence'

/**
 * How much a doubtful point weighs: `WRONG` contradicts what the chain claims; `UNKNOWN` could not be checked with what an
 * auditor has; `NOTICE` is in order and is for an auditor to look at.
 */
export type Grade = 'WRONG' | 'UNKNOWN' | 'NOTICE'

interface DoubtKind {
  readonly grade: Grade
  readonly name: Text
  readonly text: Text
}

/** Every kind of doubtful point. Places in braces are filled with the values of the point. */
export const doubtKinds = {
  BLOCK_UNREADABLE: {
    grade: 'WRONG',
    name: { zh: '区块无法读取', en: 'block unreadable' },
    text: {
      zh: '{from} 不是可读的区块：{why}。审计到此为止。',
      en: '{from} is no readable block: {why}. The audit ends here.',
    },
  },
  BLOCK_MISSING: {
    grade: 'WRONG',
    name: { zh: '区块缺失', en: 'block missing' },
    text: {
      zh: '应为区块 {expected}，{from} 却是区块 {number}。审计到此为止。',
      en: 'Block {expected} is next, and {from} is block {number}. The audit ends here.',
    },
  },
  PREVIOUS_HASH: {
    grade: 'WRONG',
    name: { zh: '前块哈希不符', en: 'previous hash' },
    text: {
      zh: '本块所载前块哈希 {claimed}，实际前块哈希 {actual}。',
      en: 'The block names {claimed} as the hash before it, which is {actual}.',
    },
  },
  DATA_HASH: {
    grade: 'WRONG',
    name: { zh: '数据哈希不符（区块被改动）', en: 'data hash: the block was altered' },
    text: {
      zh: '区块头所载数据哈希 {claimed}，区块内容的哈希 {actual}：内容与签名时不同。',
      en: 'The header names {claimed} as the hash of the data, which is {actual}: these are not the data that were signed.',
    },
  },
  BLOCK_SIGNATURES: {
    grade: 'WRONG',
    name: { zh: '区块签名不足', en: 'block signatures' },
    text: {
      zh: '按当时配置，排序节点的有效签名不足法定数。',
      en: 'Fewer orderers signed the block than the configuration of the day demands.',
    },
  },
  CONFIGURATION: {
    grade: 'WRONG',
    name: { zh: '通道配置变更无效', en: 'configuration' },
    text: {
      zh: '该配置不能由前一配置按其策略得出：{why}',
      en: 'This configuration does not follow from the one before under its policies: {why}',
    },
  },
  CREATOR_SIGNATURE: {
    grade: 'WRONG',
    name: { zh: '提交者签名无效', en: 'signature of the creator' },
    text: {
      zh: '节点记为有效（{flag}），而提交者的身份或签名无效。',
      en: 'The peer calls it valid (code {flag}), and its creator’s identity or signature is not.',
    },
  },
  ENDORSEMENTS: {
    grade: 'WRONG',
    name: { zh: '节点复核不满足策略', en: 'endorsements' },
    text: {
      zh: '节点记为有效（{flag}），而有效的复核签名（{signers}）不满足当时的复核策略。',
      en: 'The peer calls it valid (code {flag}), and those who endorsed it rightly ({signers}) don’t satisfy the policy of the day.',
    },
  },
  ENDORSEMENT_SIGNATURE: {
    grade: 'WRONG',
    name: { zh: '复核签名无效', en: 'signature of an endorsement' },
    text: {
      zh: '{mspId} 的一个复核签名或身份无效；其余签名满足策略。',
      en: 'An endorsement of {mspId} has a wrong signature or identity; the others satisfy the policy.',
    },
  },
  STALE_READ: {
    grade: 'WRONG',
    name: { zh: '读取已过期仍记为有效', en: 'stale reads called valid' },
    text: {
      zh: '节点记为 {flag}，重算为 {code}：其读取的数据已被改动。',
      en: 'The peer says {flag}; recomputed it is {code}: what it read had changed.',
    },
  },
  DUPLICATE_TRANSACTION: {
    grade: 'WRONG',
    name: { zh: '交易编号重复', en: 'transaction id used twice' },
    text: {
      zh: '节点记为 {flag}，而该交易编号此前已用过。',
      en: 'The peer says {flag}; the transaction’s id was used before.',
    },
  },
  VALIDITY: {
    grade: 'WRONG',
    name: { zh: '有效性与节点所记不符', en: 'validity' },
    text: { zh: '节点记为 {flag}，重算为 {code}。', en: 'The peer says {flag}; recomputed it is {code}.' },
  },
  REFUSED_TRANSACTION: {
    grade: 'NOTICE',
    name: { zh: '被拒交易', en: 'refused transaction' },
    text: {
      zh: '该交易无效（{code}），未写入任何数据；{creator} 提交。',
      en: 'It is invalid (code {code}) and wrote nothing; sent by {creator}.',
    },
  },
  CERTIFICATE_TIME: {
    grade: 'WRONG',
    name: { zh: '证书当时不在有效期', en: 'certificate not valid at the time' },
    text: {
      zh: '{whose} 的证书（{subject}）在交易时间 {time} 不在有效期内。',
      en: 'The certificate of {whose} ({subject}) was not valid at {time}.',
    },
  },
  TIME_BACK: {
    grade: 'WRONG',
    name: { zh: '交易时间倒填', en: 'back-dated time' },
    text: {
      zh: '交易时间 {time}，比此前区块的交易早 {minutes} 分钟。',
      en: 'It is dated {time}, {minutes} minutes before transactions of earlier blocks.',
    },
  },
  TIME_AHEAD: {
    grade: 'WRONG',
    name: { zh: '交易时间超前', en: 'time ahead' },
    text: {
      zh: '交易时间 {time}，比其后区块的交易晚 {minutes} 分钟。',
      en: 'It is dated {time}, {minutes} minutes after transactions of later blocks.',
    },
  },
  RULE_SKIPPED: {
    grade: 'WRONG',
    name: { zh: '规则被跳过', en: 'rule skipped' },
    text: {
      zh: '按规则重算：{rule} {case} 应为“{expected}”，实为“{actual}”，应{outcome}；链上却为 {status}。',
      en: 'Recomputed, {rule} {case} asks for “{expected}” and finds “{actual}”: {outcome}; the chain has {status}.',
    },
  },
  REFUSAL_SKIPPED: {
    grade: 'WRONG',
    name: { zh: '应拒绝而未拒绝', en: 'refusal skipped' },
    text: {
      zh: '按规则重算应拒绝：{code} {message} {details}',
      en: 'Recomputed, it is to be refused: {code} {message} {details}',
    },
  },
  FUNCTION_UNKNOWN: {
    grade: 'WRONG',
    name: { zh: '调用了规则中没有的功能', en: 'function that the rules don’t have' },
    text: {
      zh: '{chaincode} 没有功能 {function}，却由 {signers} 复核并写入：{keys}',
      en: '{chaincode} has no function {function}, which {signers} endorsed; it wrote: {keys}',
    },
  },
  WRITES_DIFFER: {
    grade: 'WRONG',
    name: { zh: '写入与重算不符', en: 'writes differ' },
    text: { zh: '{key}：{how}。复核者：{signers}', en: '{key}: {how}. Endorsed by {signers}' },
  },
  RESPONSE_DIFFERS: {
    grade: 'WRONG',
    name: { zh: '应答与重算不符', en: 'response differs' },
    text: {
      zh: '{what} 与重算结果不同。复核者：{signers}',
      en: 'Its {what} is not the recomputed one. Endorsed by {signers}',
    },
  },
  VOUCHER_CHAIN: {
    grade: 'WRONG',
    name: { zh: '凭证链断裂', en: 'voucher chain broken' },
    text: { zh: '合同 {contractNo}：{why}', en: 'Contract {contractNo}: {why}' },
  },
  BUILD_UNKNOWN: {
    grade: 'UNKNOWN',
    name: { zh: '缺少当时的链码构建', en: 'build unknown' },
    text: {
      zh: '{chaincode} 自此按定义 {version} 运行，审计方没有摘要相符的构建，规则无法重算。请用 --builds 提供。',
      en: '{chaincode} runs by the definition {version} from here on, and no build of that digest is at hand: its rules are not replayed. Give it by --builds.',
    },
  },
  NOT_REPLAYED: {
    grade: 'UNKNOWN',
    name: { zh: '无法重算', en: 'not replayed' },
    text: { zh: '{function}：{why}', en: '{function}: {why}' },
  },
  PRIVATE_FIELD: {
    grade: 'UNKNOWN',
    name: { zh: '私有字段', en: 'private field' },
    text: {
      zh: '{collection} 的值不在区块中；其哈希与请求所载摘要已比对，值本身的格式无法核对。',
      en: 'The value in {collection} is in no block: its hash was compared with the digest of the request; its form can’t be told.',
    },
  },
  COLLECTION_EXPIRES: {
    grade: 'UNKNOWN',
    name: { zh: '私有数据会过期', en: 'private data that expires' },
    text: {
      zh: '{chaincode} 的集合 {collection} 设有保留期，过期后的读取未重算。',
      en: 'Collection {collection} of {chaincode} forgets after some blocks; reads after that are not recomputed.',
    },
  },
  DEFINITION_UNTRUSTED: {
    grade: 'NOTICE',
    name: { zh: '链码定义不在信任文件中', en: 'definition not in the trust file' },
    text: {
      zh: '{chaincode} 的定义 {version}（序号 {sequence}）未列入信任文件。',
      en: 'Definition {version} of {chaincode} (sequence {sequence}) is not in the trust file.',
    },
  },
  CONFIGURATION_CHANGED: {
    grade: 'NOTICE',
    name: { zh: '通道配置变更', en: 'configuration changed' },
    text: { zh: '通道配置改为第 {sequence} 版。', en: 'The channel’s configuration became number {sequence}.' },
  },
  AUTHORITIES_CHANGED: {
    grade: 'NOTICE',
    name: { zh: '机构根证书与信任文件不同', en: 'authorities differ from the trust file' },
    text: {
      zh: '{mspId} 的 CA 证书与信任文件不同。',
      en: 'The CA certificates of {mspId} are not those of the trust file.',
    },
  },
  SPECIAL_APPROVAL: {
    grade: 'NOTICE',
    name: { zh: '特批', en: 'special approval' },
    text: { zh: '{subject}：{why}', en: '{subject}: {why}' },
  },
  EXCEPTION: {
    grade: 'NOTICE',
    name: { zh: '例外清单', en: 'listed exception' },
    text: { zh: '{subject}', en: '{subject}' },
  },
  BACKFILL_OPENED: {
    grade: 'NOTICE',
    name: { zh: '补录开启', en: 'backfill opened' },
    text: {
      zh: '项目 {project} 补录至 {until}：{why}',
      en: 'Project {project} takes past events until {until}: {why}',
    },
  },
  BACKFILLED: {
    grade: 'NOTICE',
    name: { zh: '补录事件', en: 'backfilled event' },
    text: {
      zh: '{function}：事件 {at}，上链 {time}，晚 {days} 天。',
      en: '{function}: of {at}, entered {time}, {days} days later.',
    },
  },
  ALERT: {
    grade: 'NOTICE',
    name: { zh: '预警', en: 'alert' },
    text: {
      zh: '{subject}：应为“{expected}”，实为“{actual}”',
      en: '{subject}: asked for “{expected}”, found “{actual}”',
    },
  },
  RULE_MODE: {
    grade: 'NOTICE',
    name: { zh: '规则未强制执行', en: 'rule not enforced' },
    text: { zh: '自 {from} 起 {rule} 为 {mode}。', en: 'From {from} on {rule} is {mode}.' },
  },
} as const satisfies Record<string, DoubtKind>

export type DoubtCode = keyof typeof doubtKinds
