import type { Language } from '@caizheng/evidence'

/** What the command line says of its own. Verdicts come from the evidence package, errors from the list of codes. */
const texts = {
  description: ['Anchor documents on the chain and verify them', '文件上链存证与核验'],
  optionLang: ['language: en or zh (default: from LANG)', '语言：en 或 zh（默认取自 LANG）'],
  optionHelp: ['show this help', '显示帮助'],
  commandHelp: ['show the help of a command', '显示命令的帮助'],
  optionProfile: ['connection profile (JSON)', '连接配置文件（JSON）'],
  optionJson: ['print JSON', '以 JSON 输出'],

  anchor: [
    'anchor documents: their digests go on the chain, never their bytes',
    '为文件上链存证：只上传摘要，不上传文件内容',
  ],
  anchorFiles: [
    'documents, folders, or patterns such as "scans/**/*.pdf"',
    '文件、目录或通配符（如 "scans/**/*.pdf"）',
  ],
  optionProject: ['project code, for example 2303-331003-04-01-000001', '投资项目代码，如 2303-331003-04-01-000001'],
  optionType: ['type of document, for example CONTRACT', '文件类型，如 CONTRACT'],
  optionNumber: [
    "the document's own number; {name} stands for the file's name without its ending",
    '文号（文件自身编号）；{name} 代表不含扩展名的文件名',
  ],
  optionIssuer: ['unified social credit code of the issuing unit', '出具单位统一社会信用代码'],
  optionSourceSystem: ['system that made or holds the document', '来源系统'],
  optionGeneratedAt: ["when it was made (default: the file's time of change)", '生成时间（默认取文件修改时间）'],
  optionGenerator: ['program or procedure that made it', '生成方式（程序或流程）'],
  optionWitness: ['who or what witnessed the making', '见证方'],
  optionMime: ['media type, for example application/pdf', '媒体类型，如 application/pdf'],
  optionPrevious: ['id of the anchor that this document replaces', '所替换的前一版本存证编号'],
  optionOut: ['folder for the evidence files (default: beside each document)', '凭证文件输出目录（默认与文件同目录）'],
  anchored: ['Anchored', '已上链存证'],
  anchoredBefore: ['Was anchored already', '此前已存证'],
  hashing: ['hashing', '计算摘要'],
  waiting: ['waiting for the chain', '等待上链'],
  evidence: ['evidence', '凭证文件'],
  signedBy: ['signed by', '复核签名'],
  missing: [
    "couldn't sign now; the evidence is weaker. Run the same command again later to complete it:",
    '暂未签名，凭证效力较弱；稍后再次运行同一命令即可补全：',
  ],
  optionBatch: [
    'many documents in one transaction, where their type allows it (default from 17 documents on); each call makes new records',
    '类型允许时多个文件合为一批上链（默认 17 个文件起）；每次运行均产生新记录',
  ],
  optionNoBatch: ['a transaction of its own for each document', '每个文件单独上链'],
  optionTsa: [
    'address of a time-stamping authority (RFC 3161), to have the evidence time-stamped; needs --trust',
    '时间戳机构（RFC 3161）地址，为凭证加盖时间戳；须同时给出 --trust',
  ],
  optionTsaTrust: ['your trust file, which names the authority', '信任文件（其中列明时间戳机构）'],
  trustNeeded: [
    '--tsa needs --trust: the trust file that names the authority',
    '使用 --tsa 须同时给出 --trust（列明该时间戳机构的信任文件）',
  ],
  timeStamp: ['time-stamp', '时间戳'],
  timeStamped: ['over the receipt with its signatures', '已加盖（对回执及其签名）'],
  unstamped: [
    'Not time-stamped; the evidence holds without it, and `caizheng stamp` adds one later',
    '未加盖时间戳（凭证仍然有效，可稍后用 `caizheng stamp` 补加）',
  ],
  stamp: [
    'have evidence files time-stamped by an authority (RFC 3161) that the trust file names',
    '由信任文件列明的时间戳机构（RFC 3161）为凭证文件加盖时间戳',
  ],
  evidenceFiles: ['evidence files', '凭证文件'],
  optionTsaOnly: ["the authority's address", '时间戳机构地址'],
  optionOver: [
    'receipt: with its signatures, which a later receipt loses; record: the record alone',
    'receipt：回执及其签名（更换回执后失效）；record：仅记录本身',
  ],
  stampedFile: ['Time-stamped', '已加盖时间戳'],
  stampingFile: ['asking for a time-stamp', '正在申请时间戳'],

  prove: [
    'add the block that holds the record to evidence files (for a court: who ordered and endorsed it)',
    '为凭证文件附上记录所在区块的证明（供法庭使用：由谁排序、由谁复核）',
  ],
  provingFile: ['asking for the block', '正在获取区块'],
  provenFile: ['Block proof added', '已附区块证明'],
  optionBlockProof: [
    'add a block proof to the evidence; it holds all transactions of the block, for whoever gets the file',
    '为凭证附上区块证明；其中含该区块的全部交易，持有凭证者均可见',
  ],
  blockProof: ['block proof', '区块证明'],
  blockProven: ['added', '已附'],
  unproven: [
    'No block proof; the evidence holds without it, and `caizheng prove` adds one later',
    '未附区块证明（凭证仍然有效，可稍后用 `caizheng prove` 补加）',
  ],
  refused: ['Not anchored', '未存证'],
  missingInBatch: [
    "couldn't sign now; the evidence is weaker, though two of three have signed",
    '暂未签名，凭证效力较弱（已有两家签名）',
  ],
  noFiles: ['nothing matches', '没有匹配的文件'],
  sameName: ['two documents would have the same evidence file', '两个文件的凭证文件同名'],

  verify: [
    'verify a document offline (exit code 0: valid, 1: wrong, 2: cannot tell)',
    '离线核验文件（退出码 0：有效，1：不符，2：无法判断）',
  ],
  verifyFile: ['the document, or a vouchers file (*.vouchers.json)', '文件，或支付凭证文件（*.vouchers.json）'],
  optionEvidence: ['its evidence file', '凭证文件'],
  evidenceNeeded: [
    '--evidence is needed: only a vouchers file (*.vouchers.json) stands for itself',
    '需要 --evidence：只有支付凭证文件（*.vouchers.json）可单独核验',
  ],
  vouchers: [
    'take all vouchers of a contract, with what proves them complete, into one file',
    '取得合同的全部支付凭证及其齐全证明',
  ],
  vouchersContract: ["the contract's number", '合同编号'],
  optionVouchersOut: ['folder for the file', '输出文件夹'],
  vouchersReading: ['reading the vouchers', '读取支付凭证'],
  vouchersFile: ['vouchers file', '支付凭证文件'],
  vouchersCount: ['{count} vouchers; verify them with `caizheng verify`', '共 {count} 张，请用 `caizheng verify` 核验'],
  optionTrust: ['your trust file; compare its fingerprint with the one you were told', '信任文件；请核对其指纹'],
  optionFingerprint: [
    "the trust file's fingerprint as you were told it; another file is refused",
    '您获知的信任文件指纹；不一致则拒绝',
  ],
  optionAll: ['show every step', '显示所有步骤'],
  trustFingerprint: ['(trust file {fingerprint})', '（信任文件指纹 {fingerprint}）'],

  certificate: [
    'verify a document offline and print a certificate of it (PDF); none if it is not valid',
    '离线核验文件并生成可打印的核验单（PDF）；核验不通过则不生成',
  ],
  optionCertificateOut: ['the PDF (default: beside the document)', 'PDF 文件（默认在文件旁）'],
  drawing: ['drawing the certificate', '生成核验单'],
  certificateFile: ['certificate', '核验单'],
  noCertificate: ['No certificate was made.', '未生成核验单。'],

  show: [
    'show an anchor or a batch: by its id, a digest, a document, or an evidence file (not verified)',
    '查看存证：按编号、摘要、文件或凭证文件（不作核验）',
  ],
  showWhat: ['anchor id, document or evidence file', '存证编号、文件或凭证文件'],
  showNothing: [
    'say what to show: an anchor id, a document, an evidence file, or --digest',
    '请指明要查看的存证编号、文件、凭证文件或 --digest',
  ],
  optionDigest: [
    'SHA-256 or SM3 in lower-case hexadecimal, or a file to hash',
    '小写十六进制 SHA-256 或 SM3 摘要，或待计算摘要的文件',
  ],
  optionGateway: [
    "address of a department's gateway: it also knows the documents in its batches (token in CAIZHENG_TOKEN)",
    '单位网关地址：可查到经其成批上链的文件（令牌取自 CAIZHENG_TOKEN）',
  ],
  optionNames: ["a trust file, for the organisations' names", '信任文件，用于显示机构名称'],
  optionLimit: ['most documents of a batch that are listed', '最多列出的批内文件数'],
  notFound: [
    'The chain has no anchor of this document alone. Documents in batches are known to the gateway that anchored them: --gateway URL.',
    '链上没有该文件的单独存证。成批上链的文件须向办理存证的网关查询：--gateway 网址。',
  ],
  notFoundAtGateway: [
    'This gateway knows no anchor of this document, and has no batch with it. Another department’s batches are known to its gateway alone.',
    '该网关未查到此文件的单独存证，其批次中也没有；由其他单位成批上链的，请向该单位的网关查询。',
  ],
  gatewayWord: [
    'This is the word of the gateway: get the evidence file and use `caizheng verify`.',
    '以上为网关的查询结果：请取得凭证文件并用 `caizheng verify` 核验。',
  ],
  labelBatch: ['batch', '批次编号'],
  labelSize: ['documents', '批内文件数'],
  labelLane: ['lane', '批次序列'],
  laneText: ['{lane}, number {sequence}', '{lane}，第 {sequence} 批'],
  labelRoot: ['root sha256', '根 SHA-256'],
  labelRootSm3: ['root sm3', '根 SM3'],
  labelLeaf: ['leaf', '批内位置'],
  leafText: ['leaf {leaf} of {size}, from 0', '叶子 {leaf}（自 0 起），共 {size} 份'],
  labelLeaves: ['Documents in this file', '本凭证所含文件数'],
  moreLeaves: ['  … and {count} more (--limit)', '  另有 {count} 份未列出（--limit）'],
  labelBeside: ['beside', '附加声明'],
  labelState: ['state', '状态'],
  stateQueued: ['accepted by this gateway, not on the chain yet', '网关已受理，尚未上链'],
  stateRefused: ['refused by the chain', '链上拒绝'],
  labelTrial: ['note', '提示'],
  fromTo: ['{from} – {until}', '{from} 至 {until}'],
  notVerified: [
    'Contents only, nothing is verified: use `caizheng verify`.',
    '仅显示内容，未作核验：请用 `caizheng verify`。',
  ],
  profileNeeded: ['--profile is needed to ask the chain', '查询链上数据需要 --profile'],

  trust: ['trust files', '信任文件'],
  trustShow: ['show a trust file and its fingerprint', '查看信任文件及其指纹'],
  trustFile: ['trust file', '信任文件'],
  fingerprint: ['fingerprint', '指纹'],
  compare: [
    'Compare the fingerprint over a way that you trust, such as the phone.',
    '请通过可信途径（如电话）核对指纹。',
  ],

  labelId: ['id', '存证编号'],
  labelType: ['type', '文件类型'],
  labelNumber: ['number', '文号'],
  labelProject: ['project', '项目代码'],
  labelIssuer: ['issuer', '出具单位'],
  labelSource: ['source', '来源'],
  labelPrevious: ['replaces', '替换'],
  labelSubmitter: ['submitter', '存证单位'],
  labelTime: ['time', '上链时间'],
  labelPlace: ['place', '链上位置'],
  labelChannel: ['channel', '通道'],
  labelNetwork: ['network', '网络'],
  labelOrganizations: ['organizations', '机构'],
  labelOrderers: ['orderers', '排序节点'],
  orderersFrom: ['from block {block}: {names}', '自区块 {block} 起：{names}'],
  labelPolicy: ['policy', '策略'],
  policy: [
    'of {count} organisations at least {least} must sign; complete with {complete}',
    '{count} 家机构中至少 {least} 家签名；{complete} 家签名为完整',
  ],
  labelValidity: ['validity', '有效期'],
  block: ['block', '区块'],
  transaction: ['transaction', '交易'],
  nextStep: ['Next', '下一步'],
  error: ['Error', '错误'],
  transactionId: ['transaction', '交易编号'],
} as const satisfies Record<string, readonly [en: string, zh: string]>

export type TextKey = keyof typeof texts

/** Looks texts up in one language. */
export type Say = (key: TextKey) => string

export function sayIn(language: Language): Say {
  return (key) => texts[key][language === 'en' ? 0 : 1]
}
