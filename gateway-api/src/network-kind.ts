/** What whoever starts the gateway says of the network behind it; nothing on the wire tells. */
export type NetworkKind = 'embedded' | 'fabric' | 'single-operator' | 'undeclared'

/** What each kind means for the trust in it, for readers. */
export const networkNotices: Readonly<Record<NetworkKind, { readonly zh: string; readonly en: string }>> = {
  embedded: {
    zh: '同一进程、同一运行者，不构成分布式信任；仅供试用和测试。',
    en: 'One process, one operator, no distributed trust; for trying out and testing.',
  },
  fabric: {
    zh: '各节点机构分别运行的 Hyperledger Fabric 网络。是否可信以您核对过指纹的信任文件为准。',
    en: 'A Hyperledger Fabric network whose organisations run their own nodes. Trust it as far as the trust file whose fingerprint you confirmed.',
  },
  'single-operator': {
    zh: 'Hyperledger Fabric，单机、单一运行者，不构成分布式信任；仅供试用和测试。',
    en: 'Hyperledger Fabric on one machine with one operator, no distributed trust; for trying out and testing.',
  },
  undeclared: {
    zh: '未向本网关声明节点由谁运行。',
    en: 'Nobody told this gateway who runs the nodes.',
  },
}
