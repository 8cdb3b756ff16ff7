import type { Bench } from '../../bench.js'
import { approvalCases } from './approvals.js'
import { definitionCases } from './definitions.js'
import { packageCases } from './packages.js'
import { LifecycleParties } from './parties.js'

/** Packages, approvals and definitions, with Fabric's own messages. */
export function lifecycleCases(bench: Bench): void {
  describe('lifecycle', () => {
    let opened: LifecycleParties | undefined
    const parties = (): LifecycleParties => {
      if (!opened) throw new Error('the package is not installed')
      return opened
    }
    before(async () => {
      opened = await LifecycleParties.open(bench)
    })
    after(() => opened?.close())

    packageCases(bench, parties)
    approvalCases(bench, parties)
    definitionCases(bench, parties)
  })
}
