import { R41Filing } from '../rules/r41-acceptance.js'
import type { Tick } from './tick.js'

/** R41: an acceptance that is not filed. */
export const filing: Tick = {
  about: 'contract',
  judge({ request: { tickDate }, judgement }, { acceptedOn, filedOn }) {
    if (acceptedOn !== undefined && filedOn === undefined) judgement.apply(R41Filing, { acceptedOn, on: tickDate })
    return Promise.resolve()
  },
}
