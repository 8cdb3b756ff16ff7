import { canonicalBytes, documentNumbers, documentPlaces, type DocumentReference } from '@caizheng/records'
import { sha256 } from '../identity/submitter.js'
import { R24Document } from '../rules/r24-reuse.js'
import { R25 } from '../rules/r25-document-number.js'
import type { Judgement } from './judgement.js'
import type { State } from './state.js'

/**
 * Judges the document behind a transaction by where it and its number stood before (R24, R25), and remembers where they first
 * stand: not for `OTHER`, which no rule asks for.
 *
 * @param issuer credit code of the organisation that acts
 */
export async function judgeDocument(
  state: State,
  judgement: Judgement,
  projectCode: string,
  issuer: string,
  { type, number, digests }: DocumentReference,
): Promise<void> {
  if (type === 'OTHER') return
  const { sha256: digest } = digests
  const id = sha256(canonicalBytes({ issuer, number, type }))
  const place = await state.find(documentPlaces, digest)
  const known = await state.find(documentNumbers, id)
  judgement
    .apply(R24Document, { first: place, now: { projectCode, type } })
    .apply(R25, { name: `${type} ${number}`, first: known?.projectCode, now: projectCode })
  if (place === undefined) {
    await state.create(documentPlaces, [digest], { kind: 'documentPlace', version: 1, digest, projectCode, type })
  }
  if (known === undefined) {
    await state.create(documentNumbers, [id], {
      kind: 'documentNumber',
      version: 1,
      id,
      issuer,
      type,
      number,
      projectCode,
    })
  }
}
