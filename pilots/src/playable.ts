import type { Pilot, Step } from './pilot.js'
import { isAnchoring, transactionOf } from './play.js'

/**
 * The steps that the chain can take: up to the first whose transaction it does not have, since the next ones rest on it, and
 * those of a project that comes under way.
 */
export function playable({ steps }: Pick<Pilot, 'steps'>): readonly Step[] {
  const taken = (step: Step): boolean => isAnchoring(step) || transactionOf(step) !== undefined
  const end = steps.find((step) => !taken(step))?.seq ?? Number.POSITIVE_INFINITY
  return steps.filter((step) => (step.seq < end || step.group === 'R47') && taken(step))
}
