import type { Pilot, Step } from './pilot.js'
import { transactionOf } from './play.js'

/** What no later step rests on. */
const alone: readonly string[] = ['publishDisclosure', 'anchorDocument', 'witnessRecord']

/**
 * The steps that the chain can take: up to the first whose transaction it does not have, since the next ones rest on it, and
 * those of a project that comes under way.
 */
export function playable({ steps }: Pick<Pilot, 'steps'>): readonly Step[] {
  const missing = steps.find((step) => transactionOf(step) === undefined && !alone.includes(step.transaction))
  const end = missing?.seq ?? Number.POSITIVE_INFINITY
  return steps.filter((step) => (step.seq < end || step.group === 'R47') && transactionOf(step) !== undefined)
}
