/** Deeper nesting is refused, so that hostile input cannot exhaust the stack of a node. */
export const MAX_DEPTH = 32

const NINE = '9'.charCodeAt(0)

/**
 * A copy of a value with all keys in their canonical order, which the engine then writes at half the cost of writing it part
 * by part. `undefined` only means that the longer way must tell: something in it may have to be refused, or the engine
 * would not keep the order.
 */
export function inOrder(value: unknown, depth: number): unknown {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value
    case 'number':
      return Number.isSafeInteger(value) && !Object.is(value, -0) ? value : undefined
    case 'object':
      if (value === null) return value
      if (depth >= MAX_DEPTH) return undefined
      return Array.isArray(value) ? itemsInOrder(value, depth) : fieldsInOrder(value, depth)
    default:
      return undefined
  }
}

function itemsInOrder(values: readonly unknown[], depth: number): unknown {
  const copy: unknown[] = []
  for (let index = 0; index < values.length; index++) {
    const item = inOrder(values[index], depth + 1)
    if (item === undefined) return undefined
    copy.push(item)
  }
  return copy
}

function fieldsInOrder(value: object, depth: number): unknown {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== null && prototype !== Object.prototype) return undefined
  if (Object.getOwnPropertySymbols(value).length > 0) return undefined
  const copy: Record<string, unknown> = {}
  for (const key of Object.keys(value).sort()) {
    // The engine puts keys that are numbers first, in an order of its own.
    if (key.charCodeAt(0) <= NINE || key === '__proto__') return undefined
    const field = inOrder((value as Record<string, unknown>)[key], depth + 1)
    if (field === undefined) return undefined
    copy[key] = field
  }
  return copy
}
