import { settlements } from '@caizheng/records'
import { Refusal } from '../refusals/refusal.js'
import type { State } from './state.js'

/**
 * Lets a step that would change what a settlement sums up happen before its approval only.
 *
 * @throws {Refusal} `STATUS_CONFLICT`
 */
export async function requireUnsettled(state: State, contractNo: string): Promise<void> {
  const settlement = await state.find(settlements, contractNo)
  if (settlement?.approval === undefined) return
  throw new Refusal('STATUS_CONFLICT', { kind: 'settlement', id: [contractNo], status: settlement.status })
}
