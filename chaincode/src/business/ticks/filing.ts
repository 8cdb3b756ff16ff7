import { R41Filing } from '../../rules/r41-acceptance.js'
import { alertOf } from '../alert.js'
import { ofContract } from './tick.js'

/** R41: an acceptance that is not filed. */
export const filingTick = ofContract(async (call, { contractNo, acceptedOn, filedOn }) => {
  if (acceptedOn === undefined || filedOn !== undefined) return
  await alertOf(call, 'R41', contractNo, () => {
    call.judgement.apply(R41Filing, { acceptedOn, on: call.request.tickDate })
  })
})
