import type { Evaluator, Identity } from '@caizheng/fabric-wire'

/** A set of organisations, by MSP id, whose peers together satisfy every policy asked for. */
export type Layout = ReadonlySet<string>

/**
 * The smallest sets of peers that satisfy every policy, smaller ones first, and among equals those with the earlier
 * peers. Each set is judged as validation will judge it: by evaluating the policies over the peers' identities.
 *
 * @param peers each organisation's peer, the preferred one first
 */
export function* layoutsFor(policies: readonly Evaluator[], peers: ReadonlyMap<string, Identity>): Generator<Layout> {
  const found: Layout[] = []
  const members = [...peers]
  for (let size = 1; size <= members.length; size += 1) {
    for (const chosen of combinations(members, size)) {
      const layout = new Set(chosen.map(([mspId]) => mspId))
      if (found.some((smaller) => [...smaller].every((mspId) => layout.has(mspId)))) continue
      const identities = chosen.map(([, identity]) => identity)
      if (!policies.every((policy) => policy.evaluate(identities))) continue
      found.push(layout)
      yield layout
    }
  }
}

function* combinations<T>(items: readonly T[], size: number): Generator<T[]> {
  if (size === 0) {
    yield []
    return
  }
  for (const [index, item] of items.entries()) {
    for (const rest of combinations(items.slice(index + 1), size - 1)) yield [item, ...rest]
  }
}
