import type { CanonicalValue } from '@caizheng/records'

/**
 * Facts as canonical values, to be kept: whole numbers beyond what JSON has become `{"$int": "…"}`, and what is `undefined` is
 * left out, which a rule cannot tell apart.
 */
export function encodeFacts(value: unknown): CanonicalValue {
  if (typeof value === 'bigint') return { $int: String(value) }
  if (Array.isArray(value)) return value.map(encodeFacts)
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).filter(([, field]) => field !== undefined)
    return Object.fromEntries(fields.map(([name, field]) => [name, encodeFacts(field)]))
  }
  return value as CanonicalValue
}

/** The facts again, as the rule saw them. */
export function decodeFacts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(decodeFacts)
  if (typeof value !== 'object' || value === null) return value
  const fields = Object.entries(value)
  const [name, field] = fields[0] ?? []
  if (fields.length === 1 && name === '$int') return BigInt(field as string)
  return Object.fromEntries(fields.map(([key, one]) => [key, decodeFacts(one)]))
}
