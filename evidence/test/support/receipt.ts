import { randomBytes } from 'node:crypto'
import {
  ChaincodeAction,
  ChaincodeHeaderExtension,
  ChaincodeInvocationSpec,
  ChaincodeProposalPayload,
  ChannelHeader,
  encode,
  endorsementBytes,
  KVRWSet,
  proposalHash,
  ProposalResponsePayload,
  SerializedIdentity,
  SignatureHeader,
  transactionId,
  TxReadWriteSet,
  type ChaincodeID,
  type ChaincodeInput,
  type Init,
  type Response,
} from '@caizheng/fabric-wire'
import { canonicalBytes } from '@caizheng/records'
import { receiptOf, type ReceiptParts } from '../../src/receipt/parts.js'
import { encodeEvidence, GET_ANCHOR, GET_BATCH, GET_CHECKPOINT, type EvidenceSubject } from '../../src/index.js'
import { sign, type Credential } from './authority.js'
import { CHANNEL, DEFINITION, MSP_IDS, SIGNED_AT, type TestNetwork } from './network.js'

/** A record that is asked for by its id, or by its number if it is a checkpoint. */
export type TestRecord = { readonly id?: string; readonly kind?: string; readonly number?: string | number } & object

type Bytes = (honest: Uint8Array) => Uint8Array

/** Who signs, and the organisation it claims to be of if that is another than its own. */
export interface TestSigner extends Credential {
  readonly claims?: string
}

/** What a forger changes. Everything else stays honest, and all signatures are made over the result: they are genuine. */
export interface Forgery {
  readonly channelHeader?: Init<ChannelHeader>
  readonly channelHeaderBytes?: Bytes
  readonly extensionBytes?: Bytes
  readonly signatureHeader?: Init<SignatureHeader>
  readonly signatureHeaderBytes?: Bytes
  readonly input?: Init<ChaincodeInput>
  readonly specChaincode?: Init<ChaincodeID>
  readonly headerChaincode?: Init<ChaincodeID>
  readonly transient?: ReadonlyMap<string, Uint8Array>
  readonly invocationBytes?: Bytes
  readonly proposalBytes?: Bytes
  readonly answerChaincode?: Init<ChaincodeID>
  readonly sequenceVersion?: Init<KVRWSet['reads'][number]['version']>
  readonly rwset?: Init<KVRWSet>
  readonly rwsetBytes?: Bytes
  readonly results?: (honest: Init<TxReadWriteSet>) => Init<TxReadWriteSet>
  readonly resultsBytes?: Bytes
  readonly response?: Init<Response>
  readonly action?: Init<ChaincodeAction>
  readonly actionBytes?: Bytes
  readonly payloadBytes?: Bytes
  readonly proposalHash?: Bytes
  readonly signers?: readonly TestSigner[]
  readonly endorserBytes?: Bytes
  readonly signatureBytes?: Bytes
}

const encoder = new TextEncoder()
const same: Bytes = (bytes) => bytes

/** Has all three peers answer `GetAnchor(id)` with a record, or `GetBatch(id)` if it is a batch's, as they would: over fabric-wire's own encoders, with real keys. */
export function endorsedQuery(network: TestNetwork, record: TestRecord, forgery: Forgery = {}): ReceiptParts {
  const nonce = randomBytes(24)
  const creator = identityBytes(network.client)
  const chaincodeId = { name: DEFINITION.name }
  const seconds = Math.floor(SIGNED_AT.getTime() / 1000)
  const extension = encode(ChaincodeHeaderExtension, { chaincodeId: forgery.headerChaincode ?? chaincodeId })
  const channelHeader = (forgery.channelHeaderBytes ?? same)(
    encode(ChannelHeader, {
      type: 3,
      timestamp: { seconds },
      channelId: CHANNEL,
      txId: transactionId(nonce, creator),
      extension: (forgery.extensionBytes ?? same)(extension),
      ...forgery.channelHeader,
    }),
  )
  const signatureHeader = (forgery.signatureHeaderBytes ?? same)(
    encode(SignatureHeader, { creator, nonce, ...forgery.signatureHeader }),
  )
  const invocation = encode(ChaincodeInvocationSpec, {
    chaincodeSpec: {
      type: 2,
      chaincodeId: forgery.specChaincode ?? chaincodeId,
      input: {
        args: [encoder.encode(QUERIES[kindOf(record)]), encoder.encode(askedFor(record))],
        ...forgery.input,
      },
    },
  })
  const proposalPayload = (forgery.proposalBytes ?? same)(
    encode(ChaincodeProposalPayload, {
      input: (forgery.invocationBytes ?? same)(invocation),
      transientMap: forgery.transient,
    }),
  )
  const responsePayload = answer(record, forgery, proposalHash(channelHeader, signatureHeader, proposalPayload))
  const signers: readonly TestSigner[] = forgery.signers ?? MSP_IDS.map((mspId) => network.organizations[mspId].peer)
  return {
    channelHeader,
    signatureHeader,
    proposalPayload,
    responsePayload,
    endorsements: signers.map((signer) => {
      const endorser = (forgery.endorserBytes ?? same)(identityBytes(signer, signer.claims))
      const signature = sign(signer, endorsementBytes(responsePayload, endorser))
      return { endorser, signature: (forgery.signatureBytes ?? same)(signature) }
    }),
  }
}

const QUERIES = { anchor: GET_ANCHOR, batch: GET_BATCH, checkpoint: GET_CHECKPOINT }

function kindOf({ kind }: TestRecord): keyof typeof QUERIES {
  return kind === 'batch' || kind === 'checkpoint' ? kind : 'anchor'
}

function askedFor(record: TestRecord): string {
  return String(kindOf(record) === 'checkpoint' ? record.number : record.id)
}

function keyOf(record: TestRecord): string {
  return `${kindOf(record)}:${askedFor(record)}`
}

function answer(record: TestRecord, forgery: Forgery, hash: Uint8Array): Uint8Array {
  const rwset = (forgery.rwsetBytes ?? same)(
    encode(KVRWSet, { reads: [{ key: keyOf(record), version: { blockNum: 5, txNum: 1 } }], ...forgery.rwset }),
  )
  const { block: blockNum, transaction: txNum } = DEFINITION.committed
  const lifecycle = encode(KVRWSet, {
    reads: [
      {
        key: `namespaces/fields/${DEFINITION.name}/Sequence`,
        version: 'sequenceVersion' in forgery ? forgery.sequenceVersion : { blockNum, txNum },
      },
    ],
  })
  const results: Init<TxReadWriteSet> = {
    nsRwset: [
      { namespace: '_lifecycle', rwset: lifecycle },
      { namespace: DEFINITION.name, rwset },
    ],
  }
  const resultBytes = encode(TxReadWriteSet, (forgery.results ?? ((honest) => honest))(results))
  const action = encode(ChaincodeAction, {
    results: (forgery.resultsBytes ?? same)(resultBytes),
    response: { status: 200, payload: canonicalBytes(record), ...forgery.response },
    chaincodeId: forgery.answerChaincode ?? { name: DEFINITION.name, version: DEFINITION.version },
    ...forgery.action,
  })
  return (forgery.payloadBytes ?? same)(
    encode(ProposalResponsePayload, {
      proposalHash: (forgery.proposalHash ?? same)(hash),
      extension: (forgery.actionBytes ?? same)(action),
    }),
  )
}

export function identityBytes({ mspId, pem }: Pick<Credential, 'mspId' | 'pem'>, claims = mspId): Uint8Array {
  return encode(SerializedIdentity, { mspid: claims, idBytes: encoder.encode(pem) })
}

/** An evidence file around a receipt. */
export function evidenceOf(parts: ReceiptParts, subject?: EvidenceSubject): Uint8Array {
  return encodeEvidence({ receipt: receiptOf(parts), ...(subject && { subject }) })
}
