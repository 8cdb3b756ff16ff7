import { addDays } from './days.js'
import { rule, check } from './rule.js'

export interface AcceptanceFacts {
  /** Who must sign, and who did. */
  readonly needed: readonly string[]
  readonly signatures: readonly { readonly party: string; readonly key: string }[]
  readonly testReports: boolean
}

/** R41, 竣工验收: five parties sign, each by a person of its own, with the test reports. 建设工程质量管理条例 art. 16. */
export const R41 = rule<AcceptanceFacts>('R41', ({ needed, signatures, testReports }) => {
  const missing = needed.filter((one) => !signatures.some(({ party }) => party === one))
  const persons = new Set(signatures.map(({ key }) => key)).size
  return [
    check(missing.length === 0, 'REJECT', {
      case: 'SIGNATURES',
      expected: needed.join(', '),
      actual: missing.length === 0 ? 'all signed' : `missing: ${missing.join(', ')}`,
    }),
    check(persons === signatures.length, 'REJECT', {
      case: 'PERSONS',
      expected: `${signatures.length} persons`,
      actual: String(persons),
    }),
    check(testReports, 'REJECT', {
      case: 'TEST_REPORTS',
      expected: 'the test reports',
      actual: testReports ? 'given' : 'none',
    }),
  ]
})

/** R41, 竣工验收备案: an alert where the filing, or today without one, is late. 建设工程质量管理条例 art. 49. */
export const R41Filing = rule<{ readonly acceptedOn: string; readonly on: string }>(
  'R41',
  ({ acceptedOn, on }, setting) => {
    const by = addDays(acceptedOn, setting('filingDays') as number)
    return [check(on <= by, 'ALERT', { case: 'FILING', expected: `filed by ${by}`, actual: on })]
  },
)
