import { PrepareError } from '../errors/caizheng-error.js'
import type { BatchToAnchor } from './journal.js'

/** Leaves that don't make the root that was submitted would make evidence that verifies nowhere. */
export function journalDamaged({ roots, size }: BatchToAnchor): PrepareError {
  const message = `The journal's ${size} leaves don't make the batch with the root ${roots.sha256} that they were kept for`
  return new PrepareError('JOURNAL_DAMAGED', 'prepare', message)
}
