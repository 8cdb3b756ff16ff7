export type Language = 'zh' | 'en'

/** Every sentence of the page, [Chinese, English]. `{name}` is filled in. */
const texts = {
  title: ['财证链', 'Caizheng'],
  subtitle: ['公共工程资金文件存证', 'Documents of public works money, anchored'],
  switch: ['English', '中文'],
  switchLabel: ['Show this page in English', '以中文显示本页'],
  network: [
    '通道 {channel} · 节点机构 {organizations} · 共 {height} 个区块',
    'Channel {channel} · nodes of {organizations} · {height} blocks',
  ],
  embedded: [
    '试用网络：全部节点在同一进程、由同一人运行，不构成分布式信任，仅供试用和测试。',
    'Trial network: one process, one operator, no distributed trust. For trying out and testing only.',
  ],
  'single-operator': [
    '试用网络：全部节点在同一台机器上、由同一人运行，不构成分布式信任，仅供试用和测试。',
    'Trial network: all nodes on one machine, one operator, no distributed trust. For trying out and testing only.',
  ],
  genesis: ['网络标识（创世区块哈希）', 'Network (hash of the genesis block)'],
  offline: ['无法连接网关，正在重试……', 'The gateway does not answer; trying again…'],
  checkTitle: ['查验文件', 'Check a file'],
  checkHint: [
    '将文件拖到此处，或点击选择。文件只在您的浏览器内计算摘要，不会上传。',
    'Drop a file here, or choose one. It is hashed inside your browser and never uploaded.',
  ],
  choose: ['选择文件', 'Choose a file'],
  hashing: ['正在计算摘要：{name}', 'Hashing {name}'],
  foundTitle: ['该文件已上链存证', 'This file is anchored'],
  foundText: [
    '上链存证的摘要与该文件一致。以下为每一处存证：',
    'The digest that was anchored is that of this file. Its anchors:',
  ],
  pendingTitle: ['该文件正在上链', 'This file is on its way to the chain'],
  pendingText: ['网关已受理，尚未写入链上。', 'The gateway has accepted it; the chain does not hold it yet.'],
  refusedTitle: ['链上未收存该文件', 'The chain refused this file'],
  absentTitle: ['未查到该文件', 'No anchor of this file was found'],
  absentText: [
    '本网关所见的链上单独存证和经本网关成批上链的文件中，都没有该摘要；经其他单位网关成批上链的，请向该单位查询。文件哪怕改动一个字节，摘要也会不同；未查到不等于文件不真实。',
    'Neither the anchors on the chain nor the batches of this gateway have this digest; who anchored it in a batch by another gateway, ask there. One changed byte changes the digest; not found does not mean not genuine.',
  ],
  serverWord: [
    '以上是本网关的查询结果，可信程度取决于您对本网关的信任。要独立确认，请下载存证凭证文件，用另行核对过指纹的信任文件离线核验。',
    'This is the word of this gateway, as good as your trust in it. To be sure without it, download the evidence file and verify offline with a trust file whose fingerprint you confirmed elsewhere.',
  ],
  unsupported: [
    '当前页面不是安全来源，浏览器不提供摘要计算。请使用 https 或 127.0.0.1 打开。',
    'The browser does not hash on an insecure origin. Open the page by https or at 127.0.0.1.',
  ],
  unreadable: ['无法读取该文件：{reason}', 'The file cannot be read: {reason}'],
  lookupFailed: ['查询失败：{reason}', 'The look-up failed: {reason}'],
  listTitle: ['上链存证', 'Anchored documents'],
  listEmpty: ['尚无存证。', 'Nothing is anchored yet.'],
  document: ['文件', 'Document'],
  who: ['存证单位', 'Anchored by'],
  when: ['时间（北京时间）', 'When (UTC+8)'],
  where: ['链上位置', 'On the chain'],
  digest: ['摘要 SHA-256', 'SHA-256'],
  evidence: ['存证凭证文件', 'Evidence file'],
  download: ['下载', 'Download'],
  issuer: ['出具单位', 'Issued by'],
  project: ['项目', 'Project'],
  block: ['区块 {block}', 'Block {block}'],
  transaction: ['交易 {id}', 'tx {id}'],
  leafOf: ['本批 {size} 件中第 {leaf} 件', 'document {leaf} of {size} in its batch'],
  copy: ['复制', 'Copy'],
  copied: ['已复制', 'Copied'],
  more: ['更多', 'More'],
  token: ['本网关需要访问令牌', 'This gateway asks for a token'],
  tokenHint: ['令牌只保存在本标签页内。', 'The token is kept in this tab only.'],
  enter: ['确定', 'Enter'],
  about: [
    '存证只说明：节点机构在该时间之前已持有此摘要的记录。不证明文件内容真实。',
    'An anchor says that the nodes held this digest no later than that time. It does not say that the content is true.',
  ],
  applications: ['支付申请', 'Payment applications'],
  verify: ['离线核验页', 'Verify offline'],
  api: ['接口说明', 'API'],
  trust: ['信任文件', 'Trust file'],
} as const satisfies Record<string, readonly [zh: string, en: string]>

export type TextKey = keyof typeof texts

/** A sentence in a language, with its places filled in. */
export function say(language: Language, key: TextKey, values: Readonly<Record<string, string | number>> = {}): string {
  return texts[key][language === 'zh' ? 0 : 1].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''))
}

/** Every key, for tests. */
export const textKeys = Object.keys(texts) as TextKey[]
