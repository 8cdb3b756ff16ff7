export const fabricNotice =
  'Hyperledger Fabric on this one machine: one operator, no distributed trust. 单机、单一运行者，不构成分布式信任。'
