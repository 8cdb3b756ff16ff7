import type { Language } from '../format/text.js'
import type { Report, StepOutcome } from './report.js'

const MARKS: Readonly<Record<StepOutcome, string>> = { passed: '✓', failed: '✗', unknown: '?' }

/**
 * A report as lines of text: one a step, then the statement.
 *
 * @example
 * console.log(formatReport(report, 'zh').join('\n'))
 */
export function formatReport(report: Report, language: Language = 'en'): string[] {
  const steps = report.steps.map(
    ({ name, outcome, reason }) => `${MARKS[outcome]} ${name[language]}: ${reason[language]}`,
  )
  return [...steps, report.statement[language]]
}
