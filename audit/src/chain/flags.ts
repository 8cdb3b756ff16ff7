import { TxValidationCode } from '@caizheng/fabric-wire'
import type { DoubtCode } from '../doubts/catalogue.js'
import { doubt, type Doubt, type Place } from '../doubts/doubt.js'
import type { Opened } from '../validity/open.js'

/** What a verdict that a peer doesn't share is called. */
const kinds: Readonly<Partial<Record<number, DoubtCode>>> = {
  [TxValidationCode.BAD_CREATOR_SIGNATURE]: 'CREATOR_SIGNATURE',
  [TxValidationCode.ENDORSEMENT_POLICY_FAILURE]: 'ENDORSEMENTS',
  [TxValidationCode.MVCC_READ_CONFLICT]: 'STALE_READ',
  [TxValidationCode.PHANTOM_READ_CONFLICT]: 'STALE_READ',
  [TxValidationCode.DUPLICATE_TXID]: 'DUPLICATE_TRANSACTION',
}

/** Invalid for reasons that happen every day: two people at once, a retry. */
const everyday: ReadonlySet<number> = new Set([
  TxValidationCode.MVCC_READ_CONFLICT,
  TxValidationCode.PHANTOM_READ_CONFLICT,
  TxValidationCode.DUPLICATE_TXID,
])

/**
 * Compares a recomputed verdict with the peer's.
 *
 * @param flag the peer's; undefined in a block that comes from an orderer
 */
export function judgeFlag(
  code: TxValidationCode,
  flag: number | undefined,
  opened: Opened,
  place: Required<Place>,
): Doubt[] {
  const signers = opened.kind === 'transaction' ? opened.endorsers.map(({ mspid }) => mspid).join(', ') : ''
  if (flag !== undefined && flag !== code) {
    return [doubt(kinds[code] ?? 'VALIDITY', place, { flag: nameOf(flag), code: nameOf(code), signers })]
  }
  if (code === TxValidationCode.VALID || everyday.has(code)) return []
  const creator = opened.creator ? `${opened.creator.mspid} ${opened.creator.certificate.subject}` : '?'
  return [doubt('REFUSED_TRANSACTION', place, { code: nameOf(code), creator })]
}

const names = new Map<number, string>(Object.entries(TxValidationCode).map(([name, code]) => [code, name]))

const nameOf = (code: number): string => names.get(code) ?? String(code)
