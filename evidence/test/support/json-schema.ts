/** The part of JSON Schema that the published schemas use; a keyword beyond it is an error, so that none goes unheeded. */
export interface JsonSchema {
  readonly [keyword: string]: unknown
}

const HEEDED = new Set([
  ...['$schema', '$id', 'title', 'type', 'const', 'enum', 'pattern', 'minLength', 'maxLength', 'minimum', 'maximum'],
  ...['items', 'minItems', 'maxItems', 'properties', 'required', 'additionalProperties', 'anyOf', 'oneOf', 'allOf'],
])

/** Where a value does not follow a schema; empty if it does. */
export function violations(schema: JsonSchema, value: unknown, at = ''): string[] {
  const unheeded = Object.keys(schema).filter((keyword) => !HEEDED.has(keyword))
  if (unheeded.length > 0) throw new Error(`keywords not heeded at ${at || '/'}: ${unheeded.join(', ')}`)
  const found = [...ofAlternatives(schema, value, at)]
  const refuse = (keyword: string, holds: boolean) => {
    if (schema[keyword] !== undefined && !holds) found.push(`${at}: ${keyword}`)
  }
  refuse('type', typeOf(value) === schema['type'] || (schema['type'] === 'number' && typeof value === 'number'))
  refuse('const', value === schema['const'])
  refuse('enum', (schema['enum'] as unknown[] | undefined)?.includes(value) === true)
  if (typeof value === 'string') {
    refuse('pattern', new RegExp(schema['pattern'] as string, 'u').test(value))
    refuse('minLength', value.length >= (schema['minLength'] as number))
    refuse('maxLength', value.length <= (schema['maxLength'] as number))
  }
  if (typeof value === 'number') {
    refuse('minimum', value >= (schema['minimum'] as number))
    refuse('maximum', value <= (schema['maximum'] as number))
  }
  if (Array.isArray(value)) {
    refuse('minItems', value.length >= (schema['minItems'] as number))
    refuse('maxItems', value.length <= (schema['maxItems'] as number))
    const items = schema['items'] as JsonSchema | undefined
    if (items) value.forEach((item, i) => found.push(...violations(items, item, `${at}/${i}`)))
  } else if (typeof value === 'object' && value !== null) found.push(...ofObject(schema, value, at))
  return found
}

function ofObject(schema: JsonSchema, value: object, at: string): string[] {
  const properties = (schema['properties'] ?? {}) as Record<string, JsonSchema>
  const missing = ((schema['required'] ?? []) as string[]).filter((name) => !(name in value))
  const inner = Object.entries(value).flatMap(([name, content]) => {
    const property = properties[name]
    if (property) return violations(property, content, `${at}/${name}`)
    return schema['additionalProperties'] === false ? [`${at}/${name}: additionalProperties`] : []
  })
  return [...missing.map((name) => `${at}/${name}: required`), ...inner]
}

function ofAlternatives(schema: JsonSchema, value: unknown, at: string): string[] {
  const fitting = (keyword: string) =>
    ((schema[keyword] ?? []) as JsonSchema[]).filter((option) => violations(option, value, at).length === 0).length
  const found: string[] = []
  if (schema['anyOf'] && fitting('anyOf') === 0) found.push(`${at}: anyOf`)
  if (schema['oneOf'] && fitting('oneOf') !== 1) found.push(`${at}: oneOf`)
  if (schema['allOf'] && fitting('allOf') !== (schema['allOf'] as unknown[]).length) found.push(`${at}: allOf`)
  return found
}

function typeOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return Number.isInteger(value) ? 'integer' : typeof value
}
