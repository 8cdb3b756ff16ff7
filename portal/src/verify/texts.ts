import type { Language } from '@caizheng/evidence'

/** Every sentence of the verifying page, [Chinese, English]. `{name}` is filled in. */
const texts = {
  title: ['存证核验', 'Verify a document'],
  subtitle: ['财证链 · 公共工程资金文件存证', 'Caizheng · documents of public works money, anchored'],
  switch: ['English', '中文'],
  switchLabel: ['Show this page in English', '以中文显示本页'],
  lead: [
    '核验一份文件是否就是当时上链存证的那一份。全部计算在本机浏览器内完成，不联网，文件不会离开这台电脑。',
    'Find out whether a document is the one that was anchored. Everything is computed inside this browser, with no network: your files do not leave this computer.',
  ],

  trustTitle: ['选择信任文件，核对指纹', 'Choose the trust file and compare its fingerprint'],
  trustHint: [
    '信任文件说明哪些部门的节点签名可信。请使用您从可信途径取得的那一份，不要使用随凭证一并送来的。',
    'The trust file says whose signatures count. Use the one that you got in a way you trust, not one that came along with the evidence.',
  ],
  trustChoose: ['选择信任文件', 'Choose the trust file'],
  trustRefused: ['不能使用此文件', 'This file cannot be used'],
  trustFile: ['文件', 'File'],
  trustFingerprint: ['指纹', 'Fingerprint'],
  trustCompare: [
    '请拿公布的指纹（文件、电话或当面告知）逐组比对上面八组数字。',
    'Compare these eight groups with the fingerprint as the departments published it: on paper, over the phone, in person.',
  ],
  trustCheck: [
    '我已逐组比对，与从另一途径获知的指纹完全一致',
    'I compared every group: it is the fingerprint I was told in another way',
  ],
  trustConfirm: ['确认使用此信任文件', 'Use this trust file'],
  trustOther: ['换一个', 'Choose another'],
  trustConfirmed: ['已由您确认', 'Confirmed by you'],
  trustOrganizations: ['签名机构', 'Organisations'],
  trustChannel: ['通道', 'Channel'],
  trustNumber: ['第 {number} 号', 'number {number}'],
  trustValidity: ['有效期', 'In force'],
  trustFromTo: ['{from} 至 {until}', '{from} to {until}'],

  filesTitle: ['放入文件和它的存证凭证', 'Add the document and its evidence file'],
  documentTitle: ['待验文件', 'Document'],
  documentHint: [
    '合同、发票、支付凭证等原始文件，可多选',
    'The contract, invoice, voucher: the original file. Several are fine.',
  ],
  documentChoose: ['选择文件', 'Choose documents'],
  evidenceTitle: ['存证凭证文件', 'Evidence file'],
  evidenceHint: ['以 .evidence.json 结尾，可多选', 'Its name ends in .evidence.json. Several are fine.'],
  evidenceChoose: ['选择凭证', 'Choose evidence'],
  trustInFiles: [
    '“{name}”是信任文件，未采用：请在第 1 步自行选择，并核对指纹。',
    '“{name}” is a trust file and was not taken: choose it in step 1 and compare its fingerprint.',
  ],
  unreadable: ['无法读取“{name}”：{reason}', '“{name}” cannot be read: {reason}'],

  resultsTitle: ['核验结果', 'Result'],
  nothing: ['尚无结果。', 'Nothing to show yet.'],
  working: ['正在处理……', 'Working…'],
  trustFirst: ['请先在第 1 步确认信任文件。', 'First confirm the trust file in step 1.'],
  hashing: ['正在计算摘要 {percent} %：{name}', 'Hashing, {percent} %: {name}'],
  checking: ['正在核验 {done} / {total}', 'Verifying {done} of {total}'],
  summary: [
    '共 {total} 份：有效 {valid}，无效 {invalid}，无法判断 {unknown}。用时 {seconds} 秒。',
    '{total} documents: {valid} valid, {invalid} invalid, {unknown} can’t be told. {seconds} s.',
  ],
  waiting: ['另有 {count} 个文件尚未配对。', '{count} more files wait for their counterpart.'],
  shownOnly: [
    '仅列出前 {shown} 份；不通过的排在最前。',
    'The first {shown} are listed; those that did not pass come first.',
  ],
  VALID: ['有效', 'Valid'],
  INVALID: ['无效', 'Invalid'],
  CANNOT_TELL: ['无法判断', 'Can’t tell'],
  weaker: ['证明力较弱', 'weaker'],
  trial: ['试用网络', 'trial network'],
  trialTrust: [
    '此信任文件属于试用网络：全部节点由同一运行者运行，对该运行者不构成证明，仅供试用和测试。',
    'This trust file is a trial network’s: one operator runs all nodes, so it proves nothing against that operator. For trying out and testing.',
  ],
  needsEvidence: ['缺少它的存证凭证文件', 'its evidence file is missing'],
  needsDocument: ['缺少它的原始文件', 'its document is missing'],
  steps: ['核验步骤', 'Steps'],
  stepsPassed: ['{passed} 步通过', '{passed} passed'],
  passed: ['通过', 'passed'],
  failed: ['未通过', 'failed'],
  unknown: ['无法判断', 'can’t tell'],
  facts: ['存证内容', 'What was anchored'],
  withEvidence: ['凭证：{name}', 'Evidence: {name}'],
  verifiedAt: ['核验于 {time}（北京时间，按本机时钟）', 'verified at {time} (UTC+8, by this machine’s clock)'],
  project: ['项目代码', 'Project'],
  type: ['文件类型', 'Type'],
  number: ['文号', 'Number'],
  issuer: ['出具单位', 'Issued by'],
  source: ['来源系统', 'Source system'],
  generated: ['生成时间', 'Made at'],
  generator: ['生成方式', 'Made by'],
  witness: ['见证', 'Witness'],
  submitter: ['存证单位', 'Anchored by'],
  anchored: ['上链时间', 'Anchored at'],
  held: ['节点复核不晚于', 'Held by the nodes no later than'],
  beijing: ['{time}（北京时间）', '{time} (UTC+8)'],
  place: ['链上位置', 'On the chain'],
  placeText: ['区块 {block}，第 {transaction} 笔交易', 'block {block}, transaction {transaction}'],
  leafOf: ['批次第 {index} 份，共 {size} 份', 'leaf {index} of a batch of {size}'],
  transaction: ['交易编号', 'Transaction'],
  signers: ['节点复核签名', 'Signed by the nodes of'],
  orderers: ['排序节点签名', 'Signed by the orderers'],
  orderersText: ['{all} 个中的 {count} 个（不证明交易有效）', '{count} of {all} (which does not say valid)'],
  print: ['打印本结果', 'Print this result'],
  clear: ['清空文件', 'Remove the files'],

  about: [
    '核验只说明：所列机构的节点在该时间之前已持有此记录，且文件自那时起未被改动。不证明文件内容真实，不是公证，也不是鉴定。',
    'A valid result says that the nodes named held this record no later than that time, and that the document has not changed since. It does not say that the content is true; it is neither a notarisation nor an expert opinion.',
  ],
  offline: [
    '本页是一个独立的文件，可存入 U 盘离线使用；它不保存任何内容，也不与任何服务器通信。',
    'This page is one file that works offline, from a USB stick too. It keeps nothing and talks to no server.',
  ],
  genuine: [
    '本页自身的 SHA-256 随发布公布（verify.html.sha256）。使用前可比对：Windows 用 certutil -hashfile verify.html SHA256，其他系统用 sha256sum verify.html。',
    'The SHA-256 of this page is published beside it (verify.html.sha256). Compare before use: certutil -hashfile verify.html SHA256 on Windows, sha256sum verify.html elsewhere.',
  ],
} as const satisfies Record<string, readonly [zh: string, en: string]>

export type TextKey = keyof typeof texts
export type Values = Readonly<Record<string, string | number>>

/** A sentence in a language, with its places filled in. */
export function say(language: Language, key: TextKey, values: Values = {}): string {
  return texts[key][language === 'zh' ? 0 : 1].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''))
}

/** Every key, for tests. */
export const textKeys = Object.keys(texts) as TextKey[]
