import { EvidenceError, why, type FaultCode } from '../fault.js'
import type { Text } from '../format/text.js'
import type { Step } from './report.js'
import { STEPS, type StepCode } from './steps.js'

/** Faults that prove nothing wrong: the verifier cannot tell. */
const UNDECIDED: ReadonlySet<FaultCode> = new Set<FaultCode>([
  'UNKNOWN_VERSION',
  'TRUST_NOT_YET_VALID',
  'TRUST_EXPIRED',
  'RECEIPT_TYPE',
  'RECEIPT_FUTURE',
  'CERTIFICATE_REVOKED',
  'CERTIFICATE_EXPIRED',
  'COSIGNATURE_TYPE',
  'COSIGNATURE_KEY',
  'KEPT_UNDECIDED',
  'KEPT_LATER',
  'CONSISTENCY_ABSENT',
  'MEMBER_ABSENT',
  'BLOCK_ORDERERS_UNKNOWN',
  'TIMESTAMP_AUTHORITY',
  'TIMESTAMP_FUTURE',
  'NOT_REACHED',
  'INTERNAL',
])

const ORDER = Object.keys(STEPS) as StepCode[]
const NOT_REACHED = new EvidenceError('NOT_REACHED').text

/** Collects steps. What a check throws becomes its step's reason; nothing is thrown on. */
export class Checklist {
  readonly #steps = new Map<StepCode, Step>()

  constructor(steps: Iterable<Step> = []) {
    for (const step of steps) this.#steps.set(step.code, step)
  }

  /**
   * Runs a check.
   *
   * @param check gives its value and what was seen
   * @returns the value, or undefined if the check failed
   */
  run<T>(code: StepCode, check: () => { readonly value: T; readonly seen: Text }): T | undefined {
    try {
      const { value, seen } = check()
      this.#steps.set(code, { code, name: STEPS[code], outcome: 'passed', reason: seen })
      return value
    } catch (error) {
      // A check's own defect must not pass for a finding about the file, nor reach the caller as an exception.
      this.note(code, error instanceof EvidenceError ? error : new EvidenceError('INTERNAL', { why: why(error) }))
      return undefined
    }
  }

  /** Records a fault of a step. */
  note(code: StepCode, fault: EvidenceError): void {
    const outcome = UNDECIDED.has(fault.code) ? 'unknown' : 'failed'
    this.#steps.set(code, { code, name: STEPS[code], outcome, reason: fault.text, fault: fault.code })
  }

  /** The steps in their fixed order; those of `expected` that never ran stand as not reached. */
  steps(expected: readonly StepCode[]): Step[] {
    const wanted = new Set([...expected, ...this.#steps.keys()])
    return ORDER.filter((code) => wanted.has(code)).map((code) => this.step(code))
  }

  /** One step; not reached where it never ran. */
  step(code: StepCode): Step {
    const step = this.#steps.get(code)
    if (step !== undefined) return step
    return { code, name: STEPS[code], outcome: 'unknown', reason: NOT_REACHED, fault: 'NOT_REACHED' }
  }
}
