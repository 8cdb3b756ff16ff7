import { rule, check } from './rule.js'

export interface ReallocationFacts {
  readonly items: readonly {
    readonly subItem: string
    readonly parent: string
    readonly amountFen: bigint
    readonly committedFen: bigint
  }[]
  readonly moves: readonly { readonly fromSubItem: string; readonly toSubItem: string; readonly amountFen: bigint }[]
}

/**
 * R17, 子项调剂零和: what one sub-item gives another gets, so the total stays; none falls under what is committed of it; the
 * purpose class stays. 预算法 arts. 13, 63, 72.
 */
export const R17 = rule<ReallocationFacts>('R17', ({ items, moves }) => {
  const after = moved(items, moves)
  const parentOf = new Map(items.map(({ subItem, parent }) => [subItem, parent]))
  const unknown = moves
    .flatMap(({ fromSubItem, toSubItem }) => [fromSubItem, toSubItem])
    .find((one) => !parentOf.has(one))
  const crossing = moves.find(({ fromSubItem, toSubItem }) => parentOf.get(fromSubItem) !== parentOf.get(toSubItem))
  const touched = new Set(moves.flatMap(({ fromSubItem, toSubItem }) => [fromSubItem, toSubItem]))
  return [
    check(unknown === undefined, 'REJECT', {
      case: 'SUB_ITEM',
      expected: 'sub-items of the budget',
      actual: unknown ?? 'all of the budget',
    }),
    check(crossing === undefined, 'REJECT', {
      case: 'PURPOSE',
      expected: 'within one purpose class',
      actual: crossing === undefined ? 'within' : `${crossing.fromSubItem} to ${crossing.toSubItem}`,
    }),
    ...items
      .filter(({ subItem }) => touched.has(subItem))
      .map(({ subItem, committedFen }) =>
        check((after.get(subItem) ?? 0n) >= committedFen, 'REJECT', {
          case: 'COMMITTED',
          expected: `${subItem} ≥ ${committedFen}`,
          actual: String(after.get(subItem)),
        }),
      ),
  ]
})

/** The sub-items' amounts after the moves. */
export function moved(
  items: readonly { readonly subItem: string; readonly amountFen: bigint }[],
  moves: ReallocationFacts['moves'],
): Map<string, bigint> {
  const after = new Map(items.map(({ subItem, amountFen }) => [subItem, amountFen]))
  for (const { fromSubItem, toSubItem, amountFen } of moves) {
    after.set(fromSubItem, (after.get(fromSubItem) ?? 0n) - amountFen)
    after.set(toSubItem, (after.get(toSubItem) ?? 0n) + amountFen)
  }
  return after
}
