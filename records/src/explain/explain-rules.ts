import { roles } from '../parties/roles.js'
import { ruleInfo, rules, type RuleId } from '../rules/catalogue.js'
import { ruleFormulasZh } from '../rules/formulas-zh.js'
import { modeOf, type SettingsRecord } from '../settings/settings.js'
import { verdictOutcomes, type Verdict } from '../verdicts/verdict.js'
import type { Acting } from './condition.js'
import { conditionOf } from './conditions.js'
import type { ExplainedActing, ExplainedCondition, ExplainedRule } from './explanation.js'
import { inChinese } from './chinese.js'
import { excessOf, inWords, type FigureUnit } from './figures.js'

/** What an explanation is made from. */
export interface Explained {
  readonly settings: SettingsRecord
  readonly day: string
  /** As stored. */
  readonly verdicts: readonly Verdict[]
  /** As judging the kept facts again gives them; `undefined` where none are kept. */
  readonly replayed: readonly Verdict[] | undefined
  /** The rules that were asked, off ones too. */
  readonly asked: readonly RuleId[]
  /** The parties of the contract, with their names. */
  readonly parties: Readonly<
    Partial<Record<NonNullable<Acting['of']>, { readonly uscc: string; readonly name?: string }>>
  >
}

/** Each rule that was asked, with its verdicts in words, in the order of the catalogue. */
export function explainRules(explained: Explained): ExplainedRule[] {
  const { verdicts, asked, settings, day } = explained
  const named = new Set<string>([...asked, ...verdicts.map((verdict) => verdict.rule)])
  return rules
    .filter(({ id }) => named.has(id))
    .map(({ id, zh, en, formula, confidence }) => {
      const conditions = verdicts.flatMap((verdict, index) =>
        verdict.rule === id ? [explainVerdict(explained, verdict, explained.replayed?.[index])] : [],
      )
      const gravest = Math.max(0, ...conditions.map(({ outcome }) => verdictOutcomes.indexOf(outcome)))
      return {
        rule: id,
        zh,
        en,
        mode: modeOf(settings, id, day),
        outcome: verdictOutcomes[gravest] ?? 'PASS',
        formula,
        formulaZh: ruleFormulasZh[id],
        source: ruleInfo(id).source,
        confidence,
        conditions,
      }
    })
}

/** Whether two verdicts are the same to the letter. */
export function sameVerdict(one: Verdict, other: Verdict | undefined): boolean {
  if (other === undefined) return false
  const fields = ['rule', 'case', 'outcome', 'expected', 'actual', 'source'] as const
  return fields.every((field) => one[field] === other[field])
}

function explainVerdict(explained: Explained, verdict: Verdict, again: Verdict | undefined): ExplainedCondition {
  const { expected, actual, outcome } = verdict
  const said = conditionOf(verdict)
  const { zh, en } = said ?? ruleInfo(verdict.rule as RuleId)
  const unit = said?.unit ?? 'none'
  const excess = unit === 'fen' && outcome !== 'PASS' ? excessOf(expected, actual) : undefined
  return {
    ...(verdict.case === undefined ? {} : { case: verdict.case }),
    outcome,
    must: { zh, en },
    expected,
    actual,
    unit,
    expectedText: textOf(expected, unit),
    actualText: textOf(actual, unit),
    ...(excess === undefined ? {} : { excessFen: String(excess) }),
    replayed: sameVerdict(verdict, again),
    ...(outcome === 'PASS' || said === undefined
      ? {}
      : { missing: { zh: said.toDoZh, en: said.toDoEn, by: said.by.map((one) => actingOf(explained, one)) } }),
  }
}

function textOf(text: string, unit: FigureUnit): { zh: string; en: string } {
  return { zh: inWords(inChinese(text), unit), en: inWords(text, unit, 'yuan') }
}

function actingOf({ settings, parties }: Explained, { role, of }: Acting): ExplainedActing {
  const msps = settings.roleIssuers?.[role] ?? roles[role].msps
  const party = of === undefined ? undefined : parties[of]
  return {
    role,
    zh: roles[role].zh,
    ...(party === undefined ? {} : { uscc: party.uscc }),
    ...(party?.name === undefined ? {} : { name: party.name }),
    msps: [...msps],
  }
}
