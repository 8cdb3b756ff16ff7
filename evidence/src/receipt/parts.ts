import { type FabricReceipt, FABRIC_RECEIPT } from '../file/schema.js'
import { fromBase64, toBase64 } from '../format/base64.js'

/** A receipt's parts as bytes: what signatures and the proposal hash cover. */
export interface ReceiptParts {
  readonly channelHeader: Uint8Array
  readonly signatureHeader: Uint8Array
  readonly proposalPayload: Uint8Array
  readonly responsePayload: Uint8Array
  readonly endorsements: readonly { readonly endorser: Uint8Array; readonly signature: Uint8Array }[]
}

/** The bytes of a receipt as it stands in an evidence file. */
export function partsOf(receipt: FabricReceipt): ReceiptParts {
  return {
    channelHeader: fromBase64(receipt.channelHeader),
    signatureHeader: fromBase64(receipt.signatureHeader),
    proposalPayload: fromBase64(receipt.proposalPayload),
    responsePayload: fromBase64(receipt.responsePayload),
    endorsements: receipt.endorsements.map(({ endorser, signature }) => ({
      endorser: fromBase64(endorser),
      signature: fromBase64(signature),
    })),
  }
}

/** A receipt as it stands in an evidence file. */
export function receiptOf(parts: ReceiptParts): FabricReceipt {
  return {
    type: FABRIC_RECEIPT,
    channelHeader: toBase64(parts.channelHeader),
    signatureHeader: toBase64(parts.signatureHeader),
    proposalPayload: toBase64(parts.proposalPayload),
    responsePayload: toBase64(parts.responsePayload),
    endorsements: parts.endorsements.map(({ endorser, signature }) => ({
      endorser: toBase64(endorser),
      signature: toBase64(signature),
    })),
  }
}
