import { fill, type Language, type Text } from '@caizheng/evidence'
import { isRuleId, ruleInfo } from '@caizheng/records'
import { doubtKinds, type DoubtCode, type Grade } from './catalogue.js'

/** Where on the chain something stands. */
export interface Place {
  readonly block: number
  /** A transaction of it; absent for what concerns the block itself. */
  readonly transaction?: { readonly index: number; readonly id: string }
}

/** A doubtful point (疑点), with its proof: block and transaction. */
export interface Doubt extends Place {
  readonly code: DoubtCode
  readonly grade: Grade
  readonly name: Text
  readonly text: Text
  /** `R02`, where a rule is concerned, and its name and the article that it stands on. */
  readonly rule?: string
  readonly ruleName?: Text
  readonly article?: string
  readonly amountFen?: string
  /** The state's key that is concerned, behind its chaincode: `payment/application:A-1`. */
  readonly key?: string
}

/** What fills a sentence; a text where the two languages say it differently. */
export type Values = Readonly<Record<string, string | number | Text>>

/** What a doubtful point may name besides its place. */
export interface About {
  readonly rule?: string
  readonly amountFen?: string
  readonly key?: string
}

/** Makes a doubtful point of a kind. */
export function doubt(code: DoubtCode, place: Place, values: Values, about: About = {}): Doubt {
  const { grade, name, text } = doubtKinds[code]
  const { rule, amountFen, key } = about
  const info = rule !== undefined && isRuleId(rule) ? ruleInfo(rule) : undefined
  return {
    code,
    grade,
    name,
    block: place.block,
    ...(place.transaction && { transaction: place.transaction }),
    ...(rule !== undefined && { rule }),
    ...(info && { ruleName: { zh: info.zh, en: info.en }, article: info.source }),
    ...(amountFen !== undefined && { amountFen }),
    ...(key !== undefined && { key }),
    text: { zh: filled(text, values, 'zh'), en: filled(text, values, 'en') },
  }
}

function filled(text: Text, values: Values, language: Language): string {
  const own = Object.entries(values).map(([name, value]) => [name, typeof value === 'object' ? value[language] : value])
  return fill(text, Object.fromEntries(own) as Record<string, string | number>)[language]
}
