import type { Text } from '@caizheng/evidence'

/** What the certificate says of its own, in both languages. It is never called a notarisation. */
export const wording = {
  title: { zh: '上链存证核验单', en: 'Certificate of a verified anchor' },
  nature: {
    zh: '本单由核验程序在离线状态下生成，不是公证书，也不是鉴定意见。',
    en: 'Made offline by the verifying program. Not a notarial certificate, not an expert opinion.',
  },
  at: { zh: '核验时间 {time}（北京时间）', en: 'Verified at this time, UTC+8' },
  verified: { zh: '核验一致', en: 'Verified' },
  trial: {
    zh: '试用网络，全部节点由同一运行者运行，不构成分布式信任，不宜作为证据使用',
    en: 'Trial network: one operator, no distributed trust, not for use as evidence',
  },
  trialMark: { zh: '（试用网络）', en: ' (trial network)' },
  weaker: { zh: '（证明力较弱）', en: ' (weaker than complete)' },

  document: { zh: '一、存证的文件', en: 'The document' },
  file: { zh: '核验的文件', en: 'File verified' },
  project: { zh: '项目代码', en: 'Project' },
  type: { zh: '文件类型', en: 'Type' },
  number: { zh: '文号', en: 'Number' },
  issuer: { zh: '出具单位', en: 'Issued by' },
  size: { zh: '字节数', en: 'Bytes' },
  qr: { zh: '文件 SHA-256', en: 'SHA-256 of the document' },

  origin: { zh: '二、来源与生成（上链前，由存证单位填报）', en: 'Origin, as stated by the submitter' },
  source: { zh: '来源系统', en: 'Source system' },
  generated: { zh: '生成时间', en: 'Made at' },
  generator: { zh: '生成方式', en: 'Made by' },
  witness: { zh: '见证', en: 'Witness' },
  previous: { zh: '所替换的存证', en: 'Replaces' },

  anchor: { zh: '三、上链', en: 'On the chain' },
  submitter: { zh: '存证单位', en: 'Anchored by' },
  key: { zh: '其公钥摘要', en: 'Its key, SHA-256' },
  anchored: { zh: '上链时间', en: 'Anchored at' },
  place: { zh: '链上位置', en: 'Place' },
  placeText: {
    zh: '通道 {channel}，区块 {block}，第 {transaction} 笔交易（自 0 起）',
    en: 'channel {channel}, block {block}, transaction {transaction}',
  },
  leaf: { zh: '批次', en: 'Batch' },
  leafText: { zh: '共 {size} 份文件的默克尔树，叶子 {index}（自 0 起）', en: 'leaf {index} of {size}' },
  id: { zh: '存证编号', en: 'Record' },
  transaction: { zh: '交易编号', en: 'Transaction' },
  network: { zh: '网络标识', en: 'Network' },
  beijing: { zh: '{time}（北京时间）', en: 'UTC+8' },

  endorsers: { zh: '四、节点复核签名', en: 'Signed by the nodes of' },
  endorsersText: {
    zh: '下列机构的节点各自签名，确认其账本在上述位置持有此记录，不晚于 {time}（北京时间，误差五分钟以内）。',
    en: "Each of these organisations' nodes signed that its ledger holds this record at this place, no later than that time.",
  },
  until: { zh: '签名证书有效期至 {until}', en: '(certificate until)' },

  steps: { zh: '五、核验步骤', en: 'Steps' },
  passed: { zh: '通过', en: 'passed' },
  unknown: { zh: '提示', en: 'note' },

  check: { zh: '六、如何自行核验', en: 'How to check this yourself' },
  checkNeeds: {
    zh: '需要：原始文件、存证凭证文件（.evidence.json）和信任文件三个电子文件。本单只是结果的打印，核验以电子文件为准。',
    en: 'Needed: the document, its evidence file and the trust file. This paper only prints a result; the files decide.',
  },
  checkTrust: {
    zh: '1. 从可信途径取得信任文件，向相关部门（电话、当面或公布的文件）核对其指纹：',
    en: '1. Get the trust file in a way you trust, and compare its fingerprint with what the departments say:',
  },
  checkPage: {
    zh: '2. 在断网的电脑上打开核验页 verify.html（随财证链发布，各部门网关的 /verify.html 亦可下载；其 SHA-256 随发布公布），选择以上三个文件；',
    en: '2. Open verify.html with no network (it comes with Caizheng, and from a gateway at /verify.html; its SHA-256 is published) and choose the three files;',
  },
  checkCommand: {
    zh: '3. 或使用命令：caizheng verify 文件 --evidence 凭证文件 --trust 信任文件',
    en: '3. or run: caizheng verify DOCUMENT --evidence EVIDENCE --trust TRUST',
  },
  evidenceDigest: { zh: '凭证文件 SHA-256', en: '' },

  court: { zh: '七、与《人民法院在线诉讼规则》的对应', en: "The courts' online litigation rules" },
  article16: {
    zh: '第十六条（上链后未经篡改的推定）：文件与上链记录经技术核验一致，见第一、三、四、五部分。',
    en: 'Article 16 (presumed untampered after anchoring): document and record agree; parts 1, 3, 4, 5.',
  },
  article17: {
    zh: '第十七条（对上链后真实性有异议时的审查因素）：存证平台的资质、与当事人的利害关系、系统的安全可靠、技术与过程是否合乎标准，不由本单证明，由各节点机构另行说明；本单列明签名机构及核验过程，供审查。',
    en: "Article 17 (what a court weighs if that is disputed): the platform's qualification, interests, security and standards are not proven here; the signing organisations and the steps are named for that review.",
  },
  article18: {
    zh: '第十八条（上链前的真实性）：来源、生成方式、见证由存证单位在上链时填报并固定，见第二部分；填报是否属实，本单不证明。',
    en: 'Article 18 (truth before anchoring): origin, making and witness are as the submitter stated them when anchoring, part 2; whether they are true is not proven here.',
  },
  notProven: {
    zh: '本单不证明：文件内容真实、合法；文件是唯一或最新的版本；填报人身份以外的任何事实；密码应用安全性评估的结论。',
    en: 'Not proven: that the content is true or lawful; that this is the only or latest version; anything else about who stated it; any assessment of the cryptography in use.',
  },
  footer: {
    zh: '上链存证核验单{trial} · 第 {page} 页，共 {pages} 页 · 核验时间 {time}（北京时间） · 不是公证书，也不是鉴定意见',
    en: 'Certificate of a verified anchor · page {page} of {pages} · trust file {fingerprint}',
  },
} as const satisfies Record<string, Text>

/** Both languages of a text, with its places filled in. */
export function put({ zh, en }: Text, values: Readonly<Record<string, string | number>>): Text {
  const fill = (text: string): string =>
    text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place))
  return { zh: fill(zh), en: fill(en) }
}
