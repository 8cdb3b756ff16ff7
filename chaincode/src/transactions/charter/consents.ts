import { momentOf, persons, proposals, type Act, type Proposal } from '@caizheng/records'
import { cannotAct } from '../../business/actor.js'
import type { State } from '../../business/state.js'
import type { Answer, Call } from '../../business/transaction.js'
import { Refusal } from '../../refusals/refusal.js'
import { loadNetwork } from '../../state/network.js'
import { actTypes } from './acts.js'

/** Does what was proposed, on a state that may be a trial. */
export async function carryOut(call: Call<object>, acts: readonly Act[], state: State): Promise<void> {
  for (const { act, request } of acts) {
    await actTypes[act].run({ ...call, request, state })
  }
}

/** A proposal that is not in force by its end is none any more: it may be made again. */
export function lapsed({ status, until }: Proposal, now: string): boolean {
  return status === 'PROPOSED' && momentOf(now) > momentOf(until)
}

/**
 * Adds the consent of the administrator who sends the transaction; with that of the last node organisation the acts are carried
 * out. An organisation counts once, whichever of its administrators consents, and only while that key may act.
 *
 * @throws {Refusal} `CALLER_NOT_ALLOWED` for an administrator of no node organisation; what the acts throw
 */
export async function consentTo(call: Call<object>, proposal: Proposal): Promise<Answer> {
  const { actor, state, tx, moment, context } = call
  const { time } = moment
  const { organizations: nodes } = await loadNetwork(context.stub)
  if (!nodes.includes(actor.msp)) throw new Refusal('CALLER_NOT_ALLOWED', { caller: actor.msp, organizations: nodes })
  if (proposal.status === 'IN_FORCE') return { record: proposal }
  const consents = await standing(state, proposal.consents, time)
  const given = consents.some(({ msp }) => msp === actor.msp)
  // The same again, or a colleague's word: nothing is written.
  if (given && consents.length === proposal.consents.length) return { status: 'PROPOSED', record: proposal }
  if (!given) consents.push({ msp: actor.msp, key: actor.key, time })
  const complete = nodes.every((node) => consents.some(({ msp }) => msp === node))
  if (complete) await carryOut(call, proposal.acts, state)
  const status = complete ? 'IN_FORCE' : 'PROPOSED'
  const record: Proposal = { ...proposal, status, consents, time, tx }
  await state.save(proposals, [proposal.id], record)
  return { status: complete ? 'COMMITTED' : 'PROPOSED', record }
}

/** Without those of keys that were withdrawn or suspended since. */
async function standing(state: State, consents: Proposal['consents'], now: string): Promise<Proposal['consents']> {
  const kept: Proposal['consents'] = []
  for (const consent of consents) {
    if (cannotAct(await state.load(persons, consent.key), now) === undefined) kept.push(consent)
  }
  return kept
}
