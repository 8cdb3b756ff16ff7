/**
 * The first place where two values of JSON differ, with both sides: outcomes are too large for anyone to find it by eye.
 *
 * @returns `/transactions/3/code: 11, 0`, or `undefined` where they are equal
 */
export function difference(one: unknown, other: unknown, at = ''): string | undefined {
  if (typeof one === 'object' && one !== null && typeof other === 'object' && other !== null) {
    for (const key of new Set([...Object.keys(one), ...Object.keys(other)])) {
      const found = difference(member(one, key), member(other, key), `${at}/${key}`)
      if (found !== undefined) return found
    }
    return undefined
  }
  return one === other ? undefined : `${at}: ${JSON.stringify(one)}, ${JSON.stringify(other)}`
}

const member = (value: object, key: string): unknown => (value as Record<string, unknown>)[key]
