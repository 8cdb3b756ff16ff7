import { projects } from '@caizheng/records'
import { Refusal } from '../refusals/refusal.js'
import type { State } from './state.js'

/**
 * Lets no business into a project that is closed.
 *
 * @throws {Refusal} `STATUS_CONFLICT`
 */
export async function requireOpen(state: State, projectCode: string | undefined): Promise<void> {
  const project = projectCode === undefined ? undefined : await state.find(projects, projectCode)
  if (project?.stage !== 'CLOSED') return
  throw new Refusal('STATUS_CONFLICT', { kind: 'project', status: 'CLOSED', allowed: ['an open project'] })
}
