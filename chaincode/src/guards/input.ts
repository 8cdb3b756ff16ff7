import { CanonicalError, MAX_PAGE_SIZE, parseCanonical, RecordError, type Issue } from '@caizheng/records'
import { Refusal } from '../refusals/refusal.js'

/**
 * Reads a JSON argument. It must be canonical: arguments stay in blocks for ever, and one that two parsers read
 * differently (a repeated key, say) would be a lie waiting there.
 *
 * @throws {Refusal} `ARGUMENT_NOT_CANONICAL`, `ARGUMENT_MALFORMED`
 */
export function readJson<T>(name: string, text: string, parse: (value: unknown) => T): T {
  try {
    return parse(parseCanonical(text))
  } catch (error) {
    if (error instanceof CanonicalError) {
      throw new Refusal('ARGUMENT_NOT_CANONICAL', { argument: name, reason: error.code })
    }
    if (error instanceof RecordError) throw malformed(name, error.issues)
    throw error
  }
}

/**
 * Takes a plain argument if it passes a test.
 *
 * @param problem what the argument must be, as the refusal says it.
 * @throws {Refusal} `ARGUMENT_MALFORMED`
 */
export function readText(name: string, text: string, accepts: (text: string) => boolean, problem: string): string {
  if (!accepts(text)) throw malformed(name, [{ at: '', problem }])
  return text
}

/** @throws {Refusal} `ARGUMENT_MALFORMED` */
export function readDigest(name: string, text: string): string {
  return readText(name, text, (value) => /^[0-9a-f]{64}$/.test(value), 'must be 64 lower-case hex digits')
}

/** A number from 1, in the one way to write it. @throws {Refusal} `ARGUMENT_MALFORMED` */
export function readNumber(name: string, text: string): number {
  return Number(readText(name, text, (value) => /^[1-9]\d{0,14}$/.test(value), 'must be a whole number from 1'))
}

/** @throws {Refusal} `ARGUMENT_MALFORMED` */
export function readPageSize(text: string): number {
  const size = /^[1-9]\d{0,2}$/.test(text) ? Number(text) : 0
  if (size < 1 || size > MAX_PAGE_SIZE) {
    throw malformed('pageSize', [{ at: '', problem: `must be a whole number from 1 to ${MAX_PAGE_SIZE}` }])
  }
  return size
}

/** The refusal of an argument, with everything wrong in it. */
export function malformed(argument: string, issues: readonly Issue[]): Refusal {
  return new Refusal('ARGUMENT_MALFORMED', { argument, issues: issues.map(({ at, problem }) => ({ at, problem })) })
}
