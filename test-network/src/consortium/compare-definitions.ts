import type { ConsortiumDefinition } from './definition.js'

/**
 * Where two definitions differ in what keys, certificates or the channel's configuration depend on; the
 * organisations' names on pages are left out.
 *
 * @returns the path of the first difference with both values, or undefined
 */
export function firstDifference(
  left: ConsortiumDefinition,
  right: ConsortiumDefinition,
): { path: string; left: string; right: string } | undefined {
  const a = leaves(left)
  const b = leaves(right)
  for (const path of new Set([...a.keys(), ...b.keys()])) {
    const [mine = 'nothing', other = 'nothing'] = [a.get(path), b.get(path)]
    if (mine !== other) return { path, left: mine, right: other }
  }
  return undefined
}

function leaves(value: unknown, path = '', found = new Map<string, string>()): Map<string, string> {
  if (Array.isArray(value)) {
    value.forEach((item, index) => leaves(item, `${path}[${index}]`, found))
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      if (key !== 'name') leaves(item, path === '' ? key : `${path}.${key}`, found)
    }
  } else if (value !== undefined) {
    found.set(path, JSON.stringify(value))
  }
  return found
}
