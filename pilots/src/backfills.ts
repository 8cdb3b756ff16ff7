import { administerAs } from './administrators.js'
import type { Cast } from './cast.js'
import type { Pilot } from './pilot.js'

const PROJECT_CODE = /^\d{4}-\d{6}-\d\d-\d\d-\d{6}$/
const OPEN_MS = 30 * 86_400_000

/** Lets the past of every project of a pilot in, for thirty days from now, with the consent of all administrators. */
export async function openBackfills(cast: Cast, { steps }: Pick<Pilot, 'steps'>): Promise<void> {
  const until = new Date(Date.now() + OPEN_MS).toISOString()
  const codes = new Set(steps.map(({ input }) => input['projectCode']))
  const acts = [...codes]
    .filter((code) => typeof code === 'string' && PROJECT_CODE.test(code))
    .map((projectCode) => ({ act: 'OpenBackfill' as const, request: { projectCode, reason: 'pilot', until } }))
  if (acts.length > 0) await administerAs(cast, acts)
}
