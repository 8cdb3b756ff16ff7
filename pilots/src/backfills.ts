import type { Client } from '@caizheng/client-sdk'
import type { Pilot } from './pilot.js'

const PROJECT_CODE = /^\d{4}-\d{6}-\d\d-\d\d-\d{6}$/
const OPEN_MS = 30 * 86_400_000

/**
 * Lets the past of every project of a pilot in, for thirty days from now.
 *
 * @param settle called after each: resolves when every node has what any of them has
 */
export async function openBackfills(
  administrator: Client,
  { steps }: Pick<Pilot, 'steps'>,
  settle: () => Promise<void>,
): Promise<void> {
  const until = new Date(Date.now() + OPEN_MS).toISOString()
  const codes = new Set(steps.map(({ input }) => input['projectCode']))
  for (const projectCode of codes) {
    if (typeof projectCode !== 'string' || !PROJECT_CODE.test(projectCode)) continue
    await administrator.transact('OpenBackfill', { projectCode, reason: 'pilot', until })
    await settle()
  }
}
