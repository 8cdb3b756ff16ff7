import { contracts, projects, settlements, stages, type Contract, type Project } from '@caizheng/records'
import type { State } from './state.js'

/** The gates that a project passes when all its contracts have: a contract that ended early waits for no acceptance. */
const passes = {
  COMPLETION: ({ completedOn, terminatedOn }) => Promise.resolve((completedOn ?? terminatedOn) !== undefined),
  ACCEPTANCE: ({ acceptedOn, terminatedOn }) => Promise.resolve((acceptedOn ?? terminatedOn) !== undefined),
  SETTLEMENT: async ({ contractNo, countersignedBy, terminatedOn }, state) =>
    // Of what ended before both had signed it, nothing was ever paid.
    (countersignedBy === undefined && terminatedOn !== undefined) ||
    (await state.find(settlements, contractNo))?.status === 'SIGNED',
} satisfies Record<string, (contract: Contract, state: State) => Promise<boolean>>

/**
 * Has a project pass a gate on this day, if the last of its contracts just has. Complete, it is 验收.
 *
 * @param state in which the contract that just passed is written
 */
export async function passGate(
  state: State,
  projectCode: string,
  gate: keyof typeof passes,
  on: string,
  event: { readonly time: string; readonly tx: string },
): Promise<void> {
  const project = await state.load(projects, projectCode)
  for (const contractNo of project.contracts ?? []) {
    if (!(await passes[gate](await state.load(contracts, contractNo), state))) return
  }
  const stage = gate === 'COMPLETION' ? laterStage(project.stage, '验收') : project.stage
  await state.save(projects, [projectCode], { ...project, stage, gates: { ...project.gates, [gate]: on }, ...event })
}

/** A project's gates with a new contract: it is not complete any more. */
export function gatesBeforeCompletion({ gates }: Project): Project['gates'] {
  return Object.fromEntries(Object.entries(gates).filter(([gate]) => !Object.hasOwn(passes, gate)))
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
