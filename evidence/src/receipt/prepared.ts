import {
  ChaincodeActionPayload,
  type Envelope,
  equalBytes,
  Payload,
  PreparedTransaction,
  SerializedIdentity,
  Transaction,
} from '@caizheng/fabric-wire'
import { EvidenceError } from '../fault.js'
import type { FabricReceipt } from '../file/schema.js'
import { receiptOf, type ReceiptParts } from './parts.js'
import { present, readStrict } from './strict.js'

/**
 * Makes a receipt of an endorsed query: the bytes of `gateway.PreparedTransaction`, as fabric-gateway's
 * `(await proposal.endorse()).getBytes()` gives them. Signatures are put in the order of their organisations' ids. It is only
 * taken apart here: whether it proves anything is for `verify`.
 *
 * @throws EvidenceError RECEIPT_MALFORMED if it is no prepared transaction with one action
 * @example
 * const endorsed = await contract.newProposal('EvidenceContract:GetAnchor', { arguments: [id], endorsingOrganizations }).endorse()
 * const receipt = receiptFromPrepared(endorsed.getBytes())
 */
export function receiptFromPrepared(preparedTransaction: Uint8Array): FabricReceipt {
  const prepared = readStrict(PreparedTransaction, preparedTransaction, 'prepared transaction')
  return receiptOf(partsFromEnvelope(present(prepared.envelope, 'envelope')))
}

/**
 * The parts of an endorsed transaction that hashes and signatures cover, endorsements in the order of their organisations' ids.
 *
 * @throws EvidenceError RECEIPT_MALFORMED
 */
export function partsFromEnvelope(envelope: Envelope): ReceiptParts {
  const payload = readStrict(Payload, envelope.payload, 'payload')
  const header = present(payload.header, 'header')
  const transaction = readStrict(Transaction, payload.data, 'transaction')
  const [action, ...others] = transaction.actions
  if (action === undefined || others.length > 0) {
    throw new EvidenceError('RECEIPT_MALFORMED', { part: 'transaction', why: `${transaction.actions.length} actions` })
  }
  if (!equalBytes(action.header, header.signatureHeader)) {
    throw new EvidenceError('RECEIPT_MALFORMED', { part: 'action header', why: 'differs from the transaction’s' })
  }
  const endorsed = readStrict(ChaincodeActionPayload, action.payload, 'action')
  const { proposalResponsePayload, endorsements } = present(endorsed.action, 'endorsed action')
  return {
    channelHeader: header.channelHeader,
    signatureHeader: header.signatureHeader,
    proposalPayload: endorsed.chaincodeProposalPayload,
    responsePayload: proposalResponsePayload,
    endorsements: endorsements
      .map((endorsement) => ({
        ...endorsement,
        mspId: readStrict(SerializedIdentity, endorsement.endorser, 'endorser').mspid,
      }))
      .sort((a, b) => (a.mspId < b.mspId ? -1 : a.mspId > b.mspId ? 1 : 0)),
  }
}
