import { rule, check } from './rule.js'

export interface PeriodEvidence {
  readonly photos: number
  readonly weighings: number
  readonly checkIns: number
  /** Evidence named that isn't there, or isn't of the period. */
  readonly missing: readonly string[]
  readonly outside: readonly string[]
}

/** R38, 凭证绑定: a measure names photos with place, a weighing and a check-in, all of its period. Article §3.2. */
export const R38 = rule<PeriodEvidence>('R38', ({ photos, weighings, checkIns, missing, outside }) => [
  check(photos > 0 && weighings > 0 && checkIns > 0, 'REJECT', {
    case: 'KINDS',
    expected: 'a photo, a weighing, a check-in',
    actual: `${photos} photos, ${weighings} weighings, ${checkIns} check-ins`,
  }),
  check(missing.length + outside.length === 0, 'REJECT', {
    case: 'PERIOD',
    expected: 'recorded evidence of the period',
    actual: [...missing, ...outside].join(', ').slice(0, 500).trimEnd() || 'all of it',
  }),
])
