import { randomBytes } from 'node:crypto'
import {
  blockSignatureBytes,
  ChaincodeActionPayload,
  dataHash,
  encode,
  encodeBlock,
  Envelope,
  fromHex,
  IdentifierHeader,
  Metadata,
  OrdererBlockMetadata,
  parseCertificate,
  Payload,
  sha256,
  toHex,
  Transaction,
  transactionId,
  type BlockHeader,
  type Init,
  type MetadataSignature,
} from '@caizheng/fabric-wire'
import { canonicalBytes, type Anchor } from '@caizheng/records'
import { addBlockProof, encodeTrust, openTrust, type ConsenterSource, type Trust } from '../../src/index.js'
import { sign, TestAuthority, type Credential } from './authority.js'
import { createNetwork, type TestNetwork } from './network.js'
import { endorsedQuery, evidenceOf, identityBytes, type Forgery } from './receipt.js'
import { anchorOf, DOCUMENT } from './records.js'

/** Where `endorsedQuery` says that every record stands. */
export const PLACE = { block: 5, transaction: 1 }

/** One orderer, with its number. */
export interface TestOrderer extends Credential {
  readonly id: number
}

/** Four orderers of four organisations. */
export async function createOrderers(): Promise<TestOrderer[]> {
  const mspIds = ['FinanceOrdererMSP', 'AuditOrdererMSP', 'ConstructionOrdererMSP', 'NationalOrdererMSP']
  return Promise.all(
    mspIds.map(async (mspId, index) => {
      const ca = await TestAuthority.create(mspId, 'ca')
      return { id: index + 1, ...(await ca.issue('orderer', { units: ['orderer'] })) }
    }),
  )
}

export function consentersOf(orderers: readonly TestOrderer[]): ConsenterSource[] {
  return orderers.map(({ id, mspId, der }) => ({ id, mspId, identity: der }))
}

/** How the nodes name a submitter in a record. */
export function submitterOf({ mspId, der }: Pick<Credential, 'mspId' | 'der'>): Anchor['submitter'] {
  const { issuerBytes, subjectBytes, spki } = parseCertificate(der)
  return { msp: mspId, id: toHex(sha256(Buffer.concat([issuerBytes, subjectBytes]))), key: toHex(sha256(spki)) }
}

/** What a forger changes of a transaction; its endorsements and its submitter's signature are made over the result. */
export interface TransactionForgery extends Forgery {
  readonly submitter?: Credential
}

/** An envelope as a client submits it: the endorsed write of a record, or of any other value, by audit and finance. */
export function submitted(
  network: TestNetwork,
  nonce: Uint8Array,
  record: { readonly id: string; readonly kind: string },
  { submitter = network.client, ...forgery }: TransactionForgery = {},
): Uint8Array {
  const { AuditMSP, FinanceMSP } = network.organizations
  const parts = endorsedQuery(network, record, {
    channelHeader: { txId: transactionId(nonce, identityBytes(submitter)), ...forgery.channelHeader },
    signatureHeader: { creator: identityBytes(submitter), nonce },
    rwset: { writes: [{ key: `anchor:${record.id}`, value: canonicalBytes(record) }] },
    signers: [FinanceMSP.peer, AuditMSP.peer],
    ...forgery,
  })
  const { channelHeader, signatureHeader, proposalPayload, responsePayload, endorsements } = parts
  const action = encode(ChaincodeActionPayload, {
    chaincodeProposalPayload: proposalPayload,
    action: { proposalResponsePayload: responsePayload, endorsements },
  })
  const payload = encode(Payload, {
    header: { channelHeader, signatureHeader },
    data: encode(Transaction, { actions: [{ header: signatureHeader, payload: action }] }),
  })
  return encode(Envelope, { payload, signature: sign(submitter, payload) })
}

type TestSignature = Init<MetadataSignature>

/** What a forger changes of a block; the signatures are made over the result. */
export interface BlockForgery {
  readonly header?: Partial<BlockHeader>
  readonly signatures?: (honest: readonly TestSignature[]) => readonly TestSignature[]
  readonly value?: Uint8Array
  /** Beside the signatures, as a peer keeps it. */
  readonly metadata?: readonly Uint8Array[]
}

/** A block with its orderers' signatures; those of the first, second and fourth unless given. */
export function blockOf(
  data: readonly Uint8Array[],
  orderers: readonly TestOrderer[],
  forgery: BlockForgery = {},
): Uint8Array {
  const { value = encode(OrdererBlockMetadata, { lastConfig: { index: 0 }, consenterMetadata: randomBytes(40) }) } =
    forgery
  const header = {
    number: PLACE.block,
    previousHash: fromHex('5a'.repeat(32)),
    dataHash: dataHash([...data]),
    ...forgery.header,
  }
  const signatures = orderers.map((orderer) => {
    const identifierHeader = encode(IdentifierHeader, { identifier: orderer.id, nonce: randomBytes(24) })
    return { identifierHeader, signature: sign(orderer, blockSignatureBytes(value, identifierHeader, header)) }
  })
  const changed = (forgery.signatures ?? ((honest) => honest))(signatures)
  const metadata = [encode(Metadata, { value, signatures: changed }), ...(forgery.metadata ?? [])]
  return encodeBlock({ header, data: [...data], metadata })
}

/** A network with orderers, a record on it, its evidence, and the block that holds it between two others' transactions. */
export interface OrderedRecord {
  readonly network: TestNetwork
  readonly orderers: readonly TestOrderer[]
  readonly trust: Trust
  readonly nonce: Uint8Array
  readonly record: Anchor
  /** Without a block proof. */
  readonly evidence: Uint8Array
  /** The block's envelopes; the record's stands at `PLACE.transaction`. */
  readonly data: readonly Uint8Array[]
  /** As a peer gives it. */
  readonly block: Uint8Array
  /** With the block proof. */
  readonly proven: Uint8Array
}

export async function orderRecord(): Promise<OrderedRecord> {
  const [network, orderers] = await Promise.all([createNetwork(), createOrderers()])
  const nonce = randomBytes(24)
  const tx = transactionId(nonce, identityBytes(network.client))
  const record = anchorOf(DOCUMENT, { tx, submitter: submitterOf(network.client) })
  const evidence = evidenceOf(endorsedQuery(network, record))
  const other = () => submitted(network, randomBytes(24), anchorOf(randomBytes(9)))
  const data = [other(), submitted(network, nonce, record), other()]
  // The signatures as a peer keeps them: in any order, with its verdicts and its commit hash beside.
  const [first, second, , fourth] = orderers as [TestOrderer, TestOrderer, TestOrderer, TestOrderer]
  const beside = [Uint8Array.of(), Uint8Array.of(0, 0, 0), Uint8Array.of(), randomBytes(34)]
  const block = blockOf(data, [fourth, first, second], { metadata: beside })
  const trust = openTrust(
    encodeTrust(network.trustFile({ ordering: [{ from: 1, consenters: consentersOf(orderers) }] })),
  )
  return { network, orderers, trust, nonce, record, evidence, data, block, proven: addBlockProof(evidence, block) }
}
