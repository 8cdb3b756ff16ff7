import { contractErrors, isContractErrorCode } from '@caizheng/records'
import type { Refusal } from '../outbox/outcome.js'
import { Problem } from '../problems/problem.js'
import { pathOf } from './views.js'

/** The chain's refusal as a problem; one for particulars that differ from the anchored ones is a conflict. */
export function refusalProblem(place: string, refusal: Refusal): Problem {
  const guide = isContractErrorCode(refusal.code) ? contractErrors[refusal.code] : undefined
  return new Problem('ANCHOR_REFUSED', {
    values: { refusal: refusal.code, reason: refusal.message },
    ...(guide === undefined ? {} : { localized: { zh: { reason: guide.zh }, en: { reason: guide.en } } }),
    ...(refusal.code === 'ANCHOR_CONFLICT' ? { status: 409 } : {}),
    members: { place: pathOf(place), refusal },
  })
}
