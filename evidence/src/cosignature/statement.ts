import { sm3, toHex } from '@caizheng/fabric-wire'
import { canonicalBytes } from '@caizheng/records'
import type { AnchoredRecord } from '../receipt/checks/response.js'
import type { Place } from '../receipt/checks/result.js'

/**
 * What a co-signer signs: canonical JSON, so that another program can write it too. It names the record by SM3 alone, and says
 * nothing that the receipt doesn't: so no byte of it stands in the evidence file, where it could differ.
 *
 * `sm3` is the batch's SM3 root or the document's SM3 digest, `size` the number of leaves or the document's bytes.
 *
 * @param proven channel, place and record as a receipt proves them; `Report.proven` is one
 */
export function cosignatureBytes(proven: {
  readonly channel: string
  readonly place: Place
  readonly record: AnchoredRecord
}): Uint8Array {
  const { channel, place, record } = proven
  return canonicalBytes({
    label: 'caizheng-sm2-cosignature-v1',
    channel,
    network: record.network,
    block: place.block,
    transaction: record.tx,
    kind: record.kind,
    sm3: record.kind === 'batch' ? record.roots.sm3 : record.digests.sm3,
    ...(record.size !== undefined && { size: record.size }),
    time: record.time,
    record: toHex(sm3(canonicalBytes(record))),
  })
}
