import { readFile } from 'node:fs/promises'
import type { CanonicalValue } from '@caizheng/records'

/** What a step must give. */
export interface Expected {
  readonly status: 'COMMITTED' | 'PAYABLE' | 'HELD' | 'REJECTED'
  /** The rules that fired, in ascending order; passed ones are not listed. */
  readonly rules: readonly string[]
  /** How each fired. */
  readonly outcomes?: Readonly<Record<string, string>>
  /** Of the application after the step. */
  readonly applicationStatus?: string
  readonly balanceStatus?: string
  readonly [figure: string]: unknown
}

/** One transaction of a life: who, when, what, and what it must give. */
export interface Step {
  readonly seq: number
  /** With its offset: `2023-03-01T09:00:00+08:00`. */
  readonly at: string
  readonly actor: string
  readonly actorRole: string
  readonly actorMsp: string
  readonly transaction: string
  readonly input: Readonly<Record<string, CanonicalValue>>
  readonly transient?: Readonly<Record<string, string>>
  readonly expect: Expected
  readonly caseId?: string
  readonly why?: string
  /** `R47`: of another project, which comes under way. */
  readonly group?: string
  /** Steps that need another pilot's before them. */
  readonly requiresPilot?: string
}

/** A whole project life as ordered steps; money in strings of fen. */
export interface Pilot {
  readonly pilot: string
  readonly name: string
  readonly projectCode: string
  readonly participants: {
    readonly organisations: readonly { readonly orgId: string; readonly uscc: string; readonly msp: string }[]
    readonly persons: readonly {
      readonly personId: string
      readonly role: string
      readonly uscc: string
      readonly msp: string
    }[]
  }
  readonly steps: readonly Step[]
}

/** The lives that come with the project, in the order in which they can share one ledger. */
export const pilotNames = ['A-municipal-road', 'B-education-school', 'C-agriculture-irrigation'] as const

/** Reads one of them. */
export async function readPilot(name: (typeof pilotNames)[number]): Promise<Pilot> {
  const file = new URL(`../../../samples/pilots/${name}.json`, import.meta.url)
  return JSON.parse(await readFile(file, 'utf8')) as Pilot
}
