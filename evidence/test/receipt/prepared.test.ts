import {
  ChaincodeActionPayload,
  encode,
  type Envelope,
  Payload,
  PreparedTransaction,
  Transaction,
  type Init,
} from '@caizheng/fabric-wire'
import { expect } from 'chai'
import { EvidenceError, receiptFromPrepared } from '../../src/index.js'
import { receiptOf, type ReceiptParts } from '../../src/receipt/parts.js'
import { createNetwork } from '../support/network.js'
import { endorsedQuery } from '../support/receipt.js'
import { anchorOf, DOCUMENT } from '../support/records.js'

interface Change {
  readonly actions?: (honest: Init<Transaction>['actions']) => Init<Transaction>['actions']
  readonly payload?: Init<Payload>
  readonly prepared?: Init<PreparedTransaction>
}

/** A prepared transaction as a peer's gateway hands it out. */
function preparedOf(parts: ReceiptParts, change: Change = {}): Uint8Array {
  const { channelHeader, signatureHeader, proposalPayload, responsePayload, endorsements } = parts
  const payload = encode(ChaincodeActionPayload, {
    chaincodeProposalPayload: proposalPayload,
    action: { proposalResponsePayload: responsePayload, endorsements },
  })
  const actions = (change.actions ?? ((honest) => honest))([{ header: signatureHeader, payload }])
  const envelope: Init<Envelope> = {
    payload: encode(Payload, {
      header: { channelHeader, signatureHeader },
      data: encode(Transaction, { actions }),
      ...change.payload,
    }),
  }
  return encode(PreparedTransaction, { transactionId: 'ab'.repeat(32), envelope, ...change.prepared })
}

describe('A receipt from a prepared transaction', () => {
  it('holds the signed parts, endorsements in the order of their organisations, whoever answered first', async () => {
    const parts = endorsedQuery(await createNetwork(), anchorOf(DOCUMENT))
    const shuffled = { ...parts, endorsements: parts.endorsements.toReversed() }
    expect(receiptFromPrepared(preparedOf(shuffled))).to.deep.equal(receiptOf(parts))
  })

  it('is refused of anything but one endorsed action', async () => {
    const parts = endorsedQuery(await createNetwork(), anchorOf(DOCUMENT))
    const refused = (change: Change) =>
      expect(() => receiptFromPrepared(preparedOf(parts, change)))
        .to.throw(EvidenceError)
        .with.property('code', 'RECEIPT_MALFORMED')
    refused({ actions: () => [] })
    refused({ actions: (honest) => [...(honest ?? []), ...(honest ?? [])] })
    refused({ actions: (honest) => (honest ?? []).map(({ payload }) => ({ header: Uint8Array.of(), payload })) })
    refused({ actions: (honest) => (honest ?? []).map(({ header }) => ({ header, payload: Uint8Array.of() })) })
    refused({ payload: { header: undefined } })
    refused({ payload: { data: Uint8Array.of(1, 2, 3) } })
    refused({ prepared: { envelope: undefined } })
    expect(() => receiptFromPrepared(Uint8Array.of(0xff))).to.throw(EvidenceError)
  })
})
