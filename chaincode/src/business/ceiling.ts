import { projects, type Budget } from '@caizheng/records'
import type { State } from './state.js'

/**
 * 概算 as it counts now: the development bureau's last word, which may have raised it since the budget was set (R16).
 *
 * @param budget of the same project
 */
export async function ceilingOf(state: State, { projectCode, approvedEstimateFen }: Budget): Promise<bigint> {
  const project = await state.load(projects, projectCode)
  const now = BigInt(project.approvedEstimateFen ?? approvedEstimateFen)
  const before = BigInt(approvedEstimateFen)
  // One that is too high counts for nothing until it is attested again (R15).
  return project.reapproval === true && before < now ? before : now
}
