import type { Project } from '@caizheng/records'
import type { State } from './state.js'

/** What the chain has of a project that may be made public, by field; the list of public fields says which of it may be. */
export function publicRecords(_state: State, project: Project): Promise<Readonly<Record<string, unknown>>> {
  return Promise.resolve(project)
}
