import { projects, stages, type Contract, type Project } from '@caizheng/records'
import type { State } from './state.js'

type Works = NonNullable<Project['works']>

const none: Works = { contracts: 0, completed: 0, accepted: 0, settled: 0, settledFen: '0' }

/** The gates that a project passes when all its contracts have. */
const gatesOfAll = { completed: 'COMPLETION', accepted: 'ACCEPTANCE', settled: 'SETTLEMENT' } as const

/**
 * Counts what became of a contract in its project: when all its contracts are completed, accepted or settled, the project is.
 * With the last completion it is 验收.
 *
 * @param on the day of the gate that may be passed with it
 */
export async function countWorks(
  state: State,
  projectCode: string,
  added: Partial<Omit<Works, 'settledFen'>> & { readonly settledFen?: string },
  on: string,
  event: { readonly time: string; readonly tx: string },
): Promise<void> {
  const project = await state.load(projects, projectCode)
  const before = project.works ?? none
  const plus = (name: keyof Omit<Works, 'settledFen'>): number => before[name] + (added[name] ?? 0)
  const works: Works = {
    contracts: plus('contracts'),
    completed: plus('completed'),
    accepted: plus('accepted'),
    settled: plus('settled'),
    settledFen: String(BigInt(before.settledFen) + BigInt(added.settledFen ?? '0')),
  }
  const gates = { ...project.gates }
  for (const name of ['completed', 'accepted', 'settled'] as const) {
    if (added[name] !== undefined && works[name] >= works.contracts) gates[gatesOfAll[name]] = on
  }
  const complete = added.completed !== undefined && works.completed >= works.contracts
  const stage = complete ? laterStage(project.stage, '验收') : project.stage
  await state.save(projects, [projectCode], { ...project, works, gates, stage, ...event })
}

/** A project's stage moves on, never back (R14). */
export function laterStage(now: Project['stage'], next: Project['stage']): Project['stage'] {
  return stages.indexOf(next) > stages.indexOf(now) ? next : now
}

/** The gates as a contract has passed them, beside those of its project. */
export function gatesOf(contract: Contract, { gates }: Project): Record<string, string> {
  const { startedOn, completedOn, acceptedOn } = contract
  const passed = new Map(Object.entries(gates))
  for (const [gate, on] of Object.entries({ START: startedOn, COMPLETION: completedOn, ACCEPTANCE: acceptedOn })) {
    if (on === undefined) passed.delete(gate)
    else passed.set(gate, on)
  }
  return Object.fromEntries(passed)
}
