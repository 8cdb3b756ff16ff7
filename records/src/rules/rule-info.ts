import type { CanonicalValue } from '../canonical/index.js'

/** How a rule acts: not at all; its verdict is recorded and nothing is held (试运行); it holds or refuses. */
export const ruleModes = ['OFF', 'SHADOW', 'ENFORCE'] as const
export type RuleMode = (typeof ruleModes)[number]

/** What is said of a rule: its name, its formula, where it comes from and how sure that is. */
export interface RuleInfo {
  /** `R02` */
  readonly id: `R${number}`
  readonly zh: string
  readonly en: string
  readonly formula: string
  /** What a broken rule does, in the main. */
  readonly outcome: 'FLAG' | 'ALERT' | 'HOLD' | 'REJECT'
  /** Where another outcome stands beside the main one. */
  readonly note?: string
  /** The transactions that it judges. */
  readonly scope: readonly string[]
  /** What can be set; the names stand in a settings record as `R03.minProgressRateBp`. */
  readonly parameters: readonly {
    readonly name: string
    readonly initial: CanonicalValue
    readonly unit: string
    /** Ours, beside those of the list that the catalogue is built from. */
    readonly added?: true
  }[]
  /** The article, in the document's own numbering; `design` where it is ours. */
  readonly source: string
  /** A: the primary text was read. B: several secondary texts agree. C: our design or from memory, never presented as law. */
  readonly confidence: 'A' | 'B' | 'C'
  /** Part of what a record is: its mode cannot be changed. */
  readonly structural: boolean
  /** The mode unless a settings record says another. */
  readonly mode: RuleMode
  /** It judges nothing that is dated before this day. */
  readonly effectiveFrom?: string
}
