import type { Budget } from '@caizheng/records'
import type { CeilingFacts } from '../rules/r01-ceiling.js'
import { ceilingOf } from './ceiling.js'
import type { State } from './state.js'

/** Sums of a bill's or a change's lines, by the sub-item of the budget that bears them. */
export function bySubItem(
  lines: readonly { readonly subItem: string; readonly amountFen: string }[],
): Map<string, bigint> {
  const sums = new Map<string, bigint>()
  for (const { subItem, amountFen } of lines) sums.set(subItem, (sums.get(subItem) ?? 0n) + BigInt(amountFen))
  return sums
}

/**
 * What R01 judges: all that is committed of a budget, and what would come to it. A sub-item that the budget doesn't have bears
 * nothing.
 *
 * @param added by sub-item
 */
export async function ceilingFacts(
  state: State,
  budget: Budget,
  addedFen: bigint,
  added: ReadonlyMap<string, bigint> = new Map(),
): Promise<CeilingFacts> {
  const { contractsFen, changesFen, otherCostsFen, items } = budget
  return {
    approvedEstimateFen: await ceilingOf(state, budget),
    committedFen: BigInt(contractsFen) + BigInt(changesFen) + BigInt(otherCostsFen),
    addedFen,
    subItems: [...added].map(([subItem, itemFen]) => {
      const { amountFen, committedFen } = items.find((one) => one.subItem === subItem) ?? NOTHING
      return { subItem, amountFen: BigInt(amountFen), committedFen: BigInt(committedFen), addedFen: itemFen }
    }),
  }
}

const NOTHING = { amountFen: '0', committedFen: '0' } as const

/** A budget's sub-items with what comes to them. */
export function committed({ items }: Budget, added: ReadonlyMap<string, bigint>): Budget['items'] {
  return items.map((item) => ({
    ...item,
    committedFen: String(BigInt(item.committedFen) + (added.get(item.subItem) ?? 0n)),
  }))
}
