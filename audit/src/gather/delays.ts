import { parseAnchor, type Anchor } from '@caizheng/records'
import type { Place } from '../doubts/doubt.js'

/** How long after its date a document was anchored. */
export interface Delay {
  readonly project: string
  readonly type: string
  readonly number: string
  readonly issuer: string
  /** As its submitter claims: a day in Asia/Shanghai, or a moment. */
  readonly documentDate: string
  readonly anchoredAt: string
  /** Whole days and tenths; counted from the end of a day that has no hour. */
  readonly days: number
  readonly place: Place
}

const DAY_MS = 86_400_000

/** Reads a written anchor; `undefined` for what is none. */
export function delayOf(value: Uint8Array, place: Place): Delay | undefined {
  let anchor: Anchor
  try {
    anchor = parseAnchor(value)
  } catch {
    return undefined
  }
  const { project, type, number, issuer, time, provenance } = anchor
  const documentDate = provenance.generatedAt
  const from = documentDate.includes('T') ? Date.parse(documentDate) : Date.parse(`${documentDate}T24:00:00+08:00`)
  const days = Math.max(0, Math.round(((Date.parse(time) - from) / DAY_MS) * 10) / 10)
  return { project, type, number, issuer, documentDate, anchoredAt: time, days, place }
}

/** The delays of one type of document. */
export interface DelaySummary {
  readonly type: string
  readonly count: number
  readonly medianDays: number
  readonly longestDays: number
}

/** One row a type, those with the longest delays first. */
export function summarizeDelays(delays: readonly Delay[]): DelaySummary[] {
  const types = new Map<string, number[]>()
  for (const { type, days } of delays) types.set(type, [...(types.get(type) ?? []), days])
  return [...types]
    .map(([type, days]) => {
      days.sort((a, b) => a - b)
      return { type, count: days.length, medianDays: days[days.length >> 1] ?? 0, longestDays: days.at(-1) ?? 0 }
    })
    .sort((a, b) => b.longestDays - a.longestDays)
}
