import * as z from 'zod/mini'

/** One thing wrong with a record: where (JSON Pointer) and what. */
export interface Issue {
  readonly at: string
  readonly problem: string
}

/** A value that does not fit its schema. `issues` names what is wrong with it, at most {@link MAX_ISSUES} things. */
export class RecordError extends Error {
  readonly code = 'RECORD_INVALID'
  readonly issues: readonly Issue[]

  constructor(what: string, issues: readonly Issue[]) {
    super(`Not ${what}: ${issues.map(({ at, problem }) => (at === '' ? problem : `${at} ${problem}`)).join('; ')}`)
    this.name = 'RecordError'
    this.issues = issues
  }
}

/** More are not listed: an error message is no place for hostile input to grow. */
export const MAX_ISSUES = 10

/**
 * Checks a value against a schema and returns it typed.
 *
 * @param what names the record in the message, with its article: `'an anchor record'`.
 * @throws {RecordError}
 */
export function read<S extends z.ZodMiniType>(schema: S, value: unknown, what: string): z.output<S> {
  const result = z.safeParse(schema, value)
  if (result.success) return result.data
  const issues = result.error.issues.slice(0, MAX_ISSUES).map((issue) => ({
    at: issue.path.map((part) => `/${shorten(String(part))}`).join(''),
    problem: problemOf(issue, issue.path.reduce(member, value)),
  }))
  throw new RecordError(what, issues)
}

function member(value: unknown, key: PropertyKey): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<PropertyKey, unknown>)[key]
    : undefined
}

// Own sentences: every node must say the same, whatever locale and version of the schema library it runs.
function problemOf(issue: z.core.$ZodIssue, actual: unknown): string {
  switch (issue.code) {
    case 'invalid_type':
      return actual === undefined ? 'is missing' : `must be of type ${issue.expected}`
    case 'invalid_value':
      return actual === undefined ? 'is missing' : `must be ${listOf(issue.values)}`
    case 'unrecognized_keys':
      return `has fields that are not known: ${listOf(issue.keys)}`
    case 'too_big':
      return `must be at most ${issue.maximum}${unitOf(issue.origin)}`
    case 'too_small':
      return `must be at least ${issue.minimum}${unitOf(issue.origin)}`
    default:
      return issue.message === 'Invalid input' ? 'has the wrong form' : issue.message
  }
}

function unitOf(origin: string): string {
  return origin === 'string' ? ' characters long' : origin === 'array' ? ' items long' : ''
}

function listOf(values: readonly unknown[]): string {
  const first = values.slice(0, 5).map((value) => shorten(String(value)))
  const more = values.length - first.length
  return more > 0 ? `${first.join(', ')} or one of ${more} more` : first.join(', ')
}

// By characters, so that no surrogate pair is cut in half.
function shorten(text: string): string {
  return [...text].slice(0, 64).join('')
}
