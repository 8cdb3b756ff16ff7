import { bytes, embedded, int32, int64, message, repeated, string, uint32, uint64, type Infer } from '../codec/index.js'

/** `google.protobuf.Timestamp`. */
export const Timestamp = message('Timestamp', { seconds: int64(1), nanos: int32(2) })
export type Timestamp = Infer<typeof Timestamp>

export const Envelope = message('Envelope', { payload: bytes(1), signature: bytes(2) })
export type Envelope = Infer<typeof Envelope>

export const Header = message('Header', { channelHeader: bytes(1), signatureHeader: bytes(2) })
export type Header = Infer<typeof Header>

export const Payload = message('Payload', { header: embedded(1, Header), data: bytes(2) })
export type Payload = Infer<typeof Payload>

export const ChannelHeader = message('ChannelHeader', {
  type: int32(1),
  version: int32(2),
  timestamp: embedded(3, Timestamp),
  channelId: string(4),
  txId: string(5),
  epoch: uint64(6),
  extension: bytes(7),
  tlsCertHash: bytes(8),
})
export type ChannelHeader = Infer<typeof ChannelHeader>

export const SignatureHeader = message('SignatureHeader', { creator: bytes(1), nonce: bytes(2) })
export type SignatureHeader = Infer<typeof SignatureHeader>

/** `ChannelHeader.type`. */
export const HeaderType = {
  MESSAGE: 0,
  CONFIG: 1,
  CONFIG_UPDATE: 2,
  ENDORSER_TRANSACTION: 3,
  DELIVER_SEEK_INFO: 5,
  CHAINCODE_PACKAGE: 6,
} as const

export const BlockHeader = message('BlockHeader', { number: uint64(1), previousHash: bytes(2), dataHash: bytes(3) })
export type BlockHeader = Infer<typeof BlockHeader>

export const BlockData = message('BlockData', { data: repeated(bytes(1)) })
export type BlockData = Infer<typeof BlockData>

export const BlockMetadata = message('BlockMetadata', { metadata: repeated(bytes(1)) })
export type BlockMetadata = Infer<typeof BlockMetadata>

/** `common.Block` as it is on the wire; `parseBlock` gives the form with nothing absent. */
export const WireBlock = message('Block', {
  header: embedded(1, BlockHeader),
  data: embedded(2, BlockData),
  metadata: embedded(3, BlockMetadata),
})
export type WireBlock = Infer<typeof WireBlock>

/** Places in a block's metadata. The orderers sign what stands at 0; a peer writes 2 and 4, which nobody signs. */
export const BlockMetadataIndex = {
  SIGNATURES: 0,
  LAST_CONFIG: 1,
  TRANSACTIONS_FILTER: 2,
  ORDERER: 3,
  COMMIT_HASH: 4,
} as const

export const MetadataSignature = message('MetadataSignature', {
  signatureHeader: bytes(1),
  signature: bytes(2),
  identifierHeader: bytes(3),
})
export type MetadataSignature = Infer<typeof MetadataSignature>

export const Metadata = message('Metadata', { value: bytes(1), signatures: repeated(embedded(2, MetadataSignature)) })
export type Metadata = Infer<typeof Metadata>

export const IdentifierHeader = message('IdentifierHeader', { identifier: uint32(1), nonce: bytes(2) })
export type IdentifierHeader = Infer<typeof IdentifierHeader>

export const LastConfig = message('LastConfig', { index: uint64(1) })
export type LastConfig = Infer<typeof LastConfig>

export const OrdererBlockMetadata = message('OrdererBlockMetadata', {
  lastConfig: embedded(1, LastConfig),
  consenterMetadata: bytes(2),
})
export type OrdererBlockMetadata = Infer<typeof OrdererBlockMetadata>

/** Answers `qscc` `GetChainInfo`. */
export const BlockchainInfo = message('BlockchainInfo', {
  height: uint64(1),
  currentBlockHash: bytes(2),
  previousBlockHash: bytes(3),
})
export type BlockchainInfo = Infer<typeof BlockchainInfo>
