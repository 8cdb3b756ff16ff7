import { projects, type Budget } from '@caizheng/records'
import type { State } from './state.js'

/**
 * 概算 as it counts now: the development bureau's last word, which may have raised it since the budget was set (R16).
 *
 * @param budget of the same project
 */
export async function ceilingOf(state: State, { projectCode, approvedEstimateFen }: Budget): Promise<bigint> {
  const project = await state.load(projects, projectCode)
  return BigInt(project.approvedEstimateFen ?? approvedEstimateFen)
}
