import { readFile } from 'node:fs/promises'
import type { CanonicalValue } from '@caizheng/records'

/** What a step must give. */
export interface Expected {
  readonly status: 'COMMITTED' | 'PAYABLE' | 'HELD' | 'PROPOSED' | 'REJECTED'
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
export function readPilot(name: (typeof pilotNames)[number]): Promise<Pilot> {
  return read(`pilots/${name}.json`)
}

/** What else public money is spent on, by the same rules: a procurement, and subsidies to persons. */
export const exampleNames = ['P-procurement', 'S-subsidy'] as const

/** Reads one of them. */
export function readExample(name: (typeof exampleNames)[number]): Promise<Pilot & { readonly kept?: Kept }> {
  return read(`examples/${name}.json`)
}

/** What an office that pays persons keeps to itself: who stands behind each pseudonym. */
export interface Kept {
  readonly pseudonymKeyHex: string
  readonly recipients: readonly {
    readonly name: string
    readonly idNumber: string
    readonly recipient: string
    readonly accountNo: string
    readonly saltHex: string
  }[]
}

async function read(file: string): Promise<Pilot> {
  return JSON.parse(await readFile(new URL(`../../../samples/${file}`, import.meta.url), 'utf8')) as Pilot
}
