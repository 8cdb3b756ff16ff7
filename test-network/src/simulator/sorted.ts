import { compareKeys } from '@caizheng/fabric-wire'

/** The entries of a map in the order of their keys' bytes. */
export function sorted<T>(map: ReadonlyMap<string, T>): [string, T][] {
  return [...map].sort(([a], [b]) => compareKeys(a, b))
}
