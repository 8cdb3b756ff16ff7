import {
  modeOf,
  ruleInfo,
  settingOf,
  type Basis,
  type RuleId,
  type SettingsRecord,
  type Verdict,
} from '@caizheng/records'
import { Refusal } from '../refusals/refusal.js'
import { RULES_RELEASE } from '../rules/release.js'
import { nameOf } from '../rules/rule-set.js'
import type { Finding, Rule } from '../rules/rule.js'
import { encodeFacts } from './facts.js'

/** What rules concluded about one transaction, under the settings of its day. */
export class Judgement {
  readonly #settings: SettingsRecord
  readonly #day: string
  readonly #verdicts: Verdict[] = []
  readonly #shadow = new Set<RuleId>()
  readonly #asked: { readonly rule: Rule<never>; readonly facts: unknown }[] = []

  /** @param day the business day, in Asia/Shanghai: a rule judges nothing before it is in force */
  constructor(settings: SettingsRecord, day: string) {
    this.#settings = settings
    this.#day = day
  }

  /** Has a rule judge, unless it is off. */
  apply<Facts>(rule: Rule<Facts>, facts: Facts): this {
    this.#asked.push({ rule, facts })
    if (modeOf(this.#settings, rule.id, this.#day) === 'OFF') return this
    return this.add(
      rule.id,
      rule.judge(facts, (name) => settingOf(this.#settings, rule.id, name)),
    )
  }

  /** Takes over findings, of a rule that was judged elsewhere. */
  add(id: RuleId, findings: readonly Finding[]): this {
    const mode = modeOf(this.#settings, id, this.#day)
    if (mode === 'OFF' || findings.length === 0) return this
    if (mode === 'SHADOW') this.#shadow.add(id)
    const { source } = ruleInfo(id)
    this.#verdicts.push(...findings.map((finding) => ({ rule: id, ...finding, source })))
    return this
  }

  /** Every verdict, passed ones too, in the order of judging. */
  get verdicts(): readonly Verdict[] {
    return this.#verdicts
  }

  /**
   * By what it was judged, to be kept for a replay.
   *
   * @param of the rules to keep the facts of; all by default
   */
  basis(of?: ReadonlySet<string>): Basis {
    const judged = this.#asked.flatMap(({ rule, facts }) => {
      const name = nameOf(rule)
      return name === undefined || of?.has(rule.id) === false ? [] : [{ rule: name, facts: encodeFacts(facts) }]
    })
    return { day: this.#day, settings: this.#settings.number, release: RULES_RELEASE, judged }
  }

  /** The rules that were on trial here: their verdicts hold nothing. */
  get shadow(): readonly RuleId[] {
    return [...this.#shadow].sort()
  }

  /** Whether an enforced rule holds the application. */
  get held(): boolean {
    return this.#counting('HOLD').length > 0
  }

  /**
   * Refuses the transaction where an enforced rule rejects it; the refusal names every broken one.
   *
   * @throws {Refusal} `RULES_BROKEN`
   */
  refuse(): void {
    if (this.#counting('REJECT').length === 0) return
    const broken = this.#verdicts.filter(({ outcome }) => outcome !== 'PASS')
    throw new Refusal('RULES_BROKEN', { verdicts: broken, shadow: this.shadow })
  }

  #counting(outcome: Verdict['outcome']): Verdict[] {
    return this.#verdicts.filter((verdict) => verdict.outcome === outcome && !this.#shadow.has(verdict.rule as RuleId))
  }
}
