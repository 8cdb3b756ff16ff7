import {
  formatYuan,
  isRuleId,
  modeOf,
  roles,
  ruleInfo,
  verdictOutcomes,
  type Application,
  type Role,
  type SettingsRecord,
  type Verdict,
} from '@caizheng/records'

/** Who mends what a rule holds, and how. */
interface Remedy {
  readonly role: Role
  readonly of?: 'owner' | 'contractor' | 'supervision'
  readonly zh: string
  readonly en: string
}

const again: Remedy = {
  role: 'CONTRACTOR_PROJECT_MANAGER',
  of: 'contractor',
  zh: '更正后重报',
  en: 'Correct it and apply again.',
}

/** By the rule that holds an application; what another holds is for the applicant to correct. */
const remedies: Readonly<Record<string, Remedy>> = {
  R02: { ...again, zh: '核减后重报，或先办理计量、变更', en: 'Apply for less, or have more work measured first.' },
  R07: {
    role: 'CHIEF_SUPERVISION_ENGINEER',
    of: 'supervision',
    zh: '签署本期计量，之后重报',
    en: 'Sign the measure; then it is applied for again.',
  },
  R11: { role: 'TAX_ATTESTER', zh: '核验发票，之后重报', en: 'Attest the invoice; then it is applied for again.' },
  R45: { role: 'BUDGET_OFFICER', zh: '追加指标，或改用其他指标后重报', en: 'Raise the quota, or use another.' },
}

/** The rules, and the conditions of others, whose figures are amounts. */
const inFen: ReadonlySet<string> = new Set([
  ...['R02', 'R03', 'R04', 'R05', 'R20', 'R08.MEASURE', 'R08.AMOUNT', 'R11.AMOUNT', 'R45.AVAILABLE'],
])
/** A number by itself: not of an invoice, whose 20 digits are too long, nor the name before a limit, nor days. */
const AMOUNT = /(?<![\w.%-])-?\d{1,16}(?![\w.%-]| ≤|:| days| hours)/g

/** Names of a contract's parties, by what they are in it. */
export type Parties = Readonly<
  Partial<Record<NonNullable<Remedy['of']>, { readonly uscc: string; readonly name?: string }>>
>

/** Why an application was held or let pass: its stored verdicts by rule, in the catalogue's words, and its steps. */
export function explain(application: Application, settings: SettingsRecord, day: string, parties: Parties) {
  const { verdicts, release, steps, shadow } = application
  const all = [{ status: 'SUBMITTED', at: steps[0]?.at ?? application.time }, ...steps]
  const named = [...new Set(verdicts.map(({ rule }) => rule))].filter(isRuleId)
  return {
    ...{ day, release, settings: { number: settings.number } },
    rules: named.map((rule) => {
      const { zh, en, source } = ruleInfo(rule)
      const own = verdicts.filter((verdict) => verdict.rule === rule)
      const gravest = Math.max(...own.map(({ outcome }) => verdictOutcomes.indexOf(outcome)))
      const mode = shadow.includes(rule) ? 'SHADOW' : modeOf(settings, rule, day)
      const conditions = own.map((verdict) => conditionOf(verdict, parties))
      return { rule, zh, en, mode, outcome: verdictOutcomes[gravest] ?? 'PASS', source, conditions }
    }),
    steps: all.map(({ status: step, at }, index) => {
      const after = Date.parse(at) - Date.parse(all[index - 1]?.at ?? at)
      return { step, at, after }
    }),
  }
}

function conditionOf({ rule, outcome, case: which, expected, actual }: Verdict, parties: Parties) {
  const { role, of, zh, en } = remedies[rule] ?? again
  const { zh: name, en: english } = isRuleId(rule) ? ruleInfo(rule) : { zh: rule, en: rule }
  const by = [{ role, zh: roles[role].zh, ...(of === undefined ? {} : parties[of]) }]
  return {
    ...(which === undefined ? {} : { case: which }),
    ...{ outcome, must: { zh: name, en: which ?? english } },
    expectedText: textOf(rule, which, expected),
    actualText: textOf(rule, which, actual),
    ...(outcome === 'PASS' ? {} : { missing: { zh, en, by } }),
  }
}

/** A verdict's text with its amounts in yuan and its rates in percent. */
function textOf(rule: string, which: string | undefined, text: string): { zh: string; en: string } {
  const rated = text.replaceAll(/(\d+) \/ 10000\b/g, (_, rate: string) => `${Number(rate) / 100}%`)
  if (!inFen.has(rule) && !inFen.has(`${rule}.${which}`)) return { zh: rated, en: rated }
  const amounts = (unit: string): string => rated.replaceAll(AMOUNT, (fen) => `${formatYuan(BigInt(fen))} ${unit}`)
  return { zh: amounts('元'), en: amounts('yuan') }
}
