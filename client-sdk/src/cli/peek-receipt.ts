import type { EvidenceFile } from '@caizheng/evidence'
import { ChaincodeAction, decodeLoose, ProposalResponsePayload, SerializedIdentity } from '@caizheng/fabric-wire'
import { parseAnchor, parseBatch, type Anchor, type BatchRecord } from '@caizheng/records'

/** What a receipt claims. Nothing of it is verified: this is for looking, `verify` is for believing. */
export interface Peek {
  readonly record: Anchor | BatchRecord | undefined
  readonly organizations: readonly string[]
}

/** Reads what can be read of a receipt; what can't be is left out. */
export function peekReceipt(receipt: EvidenceFile['receipt']): Peek {
  const { responsePayload, endorsements } = receipt as { responsePayload?: unknown; endorsements?: unknown }
  return {
    record: readOr(undefined, () => {
      const { extension } = decodeLoose(ProposalResponsePayload, base64(responsePayload))
      const payload = decodeLoose(ChaincodeAction, extension).response?.payload
      return readOr<Anchor | BatchRecord>(undefined, () => parseAnchor(payload)) ?? parseBatch(payload)
    }),
    organizations: readOr([], () =>
      (endorsements as { endorser: unknown }[]).map(
        ({ endorser }) => decodeLoose(SerializedIdentity, base64(endorser)).mspid,
      ),
    ),
  }
}

function base64(value: unknown): Uint8Array {
  return Buffer.from(String(value), 'base64')
}

function readOr<T>(otherwise: undefined, read: () => T): T | undefined
function readOr<T>(otherwise: T, read: () => T): T
function readOr<T>(otherwise: T | undefined, read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return otherwise
  }
}
