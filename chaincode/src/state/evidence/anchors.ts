import { anchorKey, canonicalBytes, parseAnchor, type Anchor } from '@caizheng/records'
import type { ChaincodeStub } from '../../fabric.js'
import { indexAnchor } from './anchor-index.js'

/** An anchor's stored bytes, or `undefined`. Reads this one key and nothing else: a receipt's read set shows it. */
export async function findAnchorBytes(stub: ChaincodeStub, id: string): Promise<Uint8Array | undefined> {
  const bytes = await stub.getState(anchorKey(id))
  return bytes.length === 0 ? undefined : bytes
}

/** An anchor of any version, or `undefined`. */
export async function findAnchor(stub: ChaincodeStub, id: string): Promise<Anchor | undefined> {
  const bytes = await findAnchorBytes(stub, id)
  return bytes === undefined ? undefined : parseAnchor(bytes)
}

/** Writes a new anchor and its index entries. The caller has checked that its place is empty. */
export async function saveAnchor(stub: ChaincodeStub, anchor: Anchor): Promise<void> {
  await stub.putState(anchorKey(anchor.id), canonicalBytes(anchor))
  await indexAnchor(stub, anchor)
}
