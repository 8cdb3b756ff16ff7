import { rule, check, type Finding } from './rule.js'

/** What a step of a project's life needs to have happened before. */
export interface GateFacts {
  /** The step, and its business day. */
  readonly step: string
  readonly on: string
  /** The gates passed, with their days. */
  readonly gates: Readonly<Record<string, string>>
  /** Those that must be among them. */
  readonly needs: readonly string[]
}

/** R14, 阶段顺序与前置件: a step waits for its gates, and no gate is dated before those that it needs. */
export const R14 = rule<GateFacts>('R14', ({ step, on, gates, needs }) => {
  const missing = needs.filter((gate) => gates[gate] === undefined)
  const findings: Finding[] = [
    check(missing.length === 0, 'REJECT', {
      case: 'GATE_MISSING',
      expected: `${needs.join(', ')} before ${step}`,
      actual: missing.length === 0 ? 'all there' : `missing: ${missing.join(', ')}`,
    }),
  ]
  const later = needs.filter((gate) => (gates[gate] ?? '') > on)
  if (later.length > 0) {
    findings.push({
      outcome: 'FLAG',
      case: 'INVERSION',
      expected: `${step} no earlier than ${later.join(', ')}`,
      actual: `${step} on ${on}, ${later.map((gate) => `${gate} on ${gates[gate]}`).join(', ')}`,
    })
  }
  return findings
})

/** R14 of a contract: its project pays contracts of this kind. */
export const R14Kind = rule<{ readonly kind: string; readonly kinds: readonly string[] }>('R14', ({ kind, kinds }) => [
  check(kinds.includes(kind), 'REJECT', { case: 'KIND', expected: kinds.join(' or '), actual: kind }),
])
