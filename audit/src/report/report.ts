import { toHex } from '@caizheng/fabric-wire'
import type { Text, Trust } from '@caizheng/evidence'
import type { AuditRun } from '../audit.js'
import type { Grade } from '../doubts/catalogue.js'
import type { Doubt } from '../doubts/doubt.js'
import { summarizeDelays, type Delay, type DelaySummary } from '../gather/delays.js'

/** What an audit came to. */
export interface AuditReport {
  readonly kind: 'caizheng-audit-report'
  readonly version: 1
  /** `SOUND`: nothing contradicts what the chain claims. `DOUBTFUL`: something does. `INCOMPLETE`: it was stopped. */
  readonly outcome: 'SOUND' | 'DOUBTFUL' | 'INCOMPLETE'
  readonly statement: Text
  readonly channel: string
  readonly network: string
  readonly trust: string
  readonly source: string
  readonly madeAt: string
  /** Blocks 0 … height - 1 were replayed, `resumedAt` of them by an earlier run. */
  readonly height: number
  readonly tipHash: string
  readonly resumedAt: number
  readonly counts: {
    readonly transactions: number
    readonly replayed: number
    readonly keys: number
    readonly doubts: Readonly<Record<Grade, number>>
  }
  readonly seconds: number
  readonly doubts: readonly Doubt[]
  readonly delays: { readonly summary: readonly DelaySummary[]; readonly documents: readonly Delay[] }
}

interface Made {
  readonly trust: Trust
  readonly source: string
  readonly run: AuditRun
  readonly resumedAt: number
  readonly began: number
  readonly complete: boolean
}

/** Puts what was gathered into a report, in the order of the chain. */
export function reportOf({ trust, source, run, resumedAt, began, complete }: Made): AuditReport {
  const { books, chain, state, ended } = run
  const doubts = [...books.doubts, ...books.atEnd(), ...ended].sort(inOrder)
  const count = (grade: Grade): number => doubts.filter((one) => one.grade === grade).length
  const counts = { WRONG: count('WRONG'), UNKNOWN: count('UNKNOWN'), NOTICE: count('NOTICE') }
  const outcome = counts.WRONG > 0 ? 'DOUBTFUL' : complete ? 'SOUND' : 'INCOMPLETE'
  const { height, hash } = chain.tip
  return {
    kind: 'caizheng-audit-report',
    version: 1,
    outcome,
    statement: statementOf(outcome, height, counts),
    channel: trust.file.channel,
    network: trust.file.network,
    trust: trust.fingerprint,
    source,
    madeAt: new Date().toISOString(),
    height,
    tipHash: toHex(hash),
    resumedAt,
    counts: { transactions: books.transactions, replayed: books.replayed, keys: state.size, doubts: counts },
    seconds: Math.round((Date.now() - began) / 10) / 100,
    doubts,
    delays: { summary: summarizeDelays(books.delays), documents: books.delays },
  }
}

function inOrder(a: Doubt, b: Doubt): number {
  return a.block - b.block || (a.transaction?.index ?? -1) - (b.transaction?.index ?? -1)
}

function statementOf(outcome: AuditReport['outcome'], height: number, counts: Readonly<Record<Grade, number>>): Text {
  const { WRONG, UNKNOWN, NOTICE } = counts
  const rest = {
    zh: `无法判断 ${UNKNOWN} 项，提请关注 ${NOTICE} 项。`,
    en: `${UNKNOWN} can't be told, ${NOTICE} to look at.`,
  }
  switch (outcome) {
    case 'SOUND':
      return {
        zh: `重放区块 0 至 ${height - 1}：未发现与链上所载不符之处。${rest.zh}`,
        en: `Blocks 0 to ${height - 1} were replayed: nothing contradicts what the chain claims. ${rest.en}`,
      }
    case 'DOUBTFUL':
      return {
        zh: `重放区块 0 至 ${height - 1}：发现 ${WRONG} 处不符。${rest.zh}`,
        en: `Blocks 0 to ${height - 1} were replayed: ${WRONG} contradict what the chain claims. ${rest.en}`,
      }
    case 'INCOMPLETE':
      return {
        zh: `审计中止，已重放区块 0 至 ${height - 1}。${rest.zh}`,
        en: `Stopped after blocks 0 to ${height - 1}. ${rest.en}`,
      }
  }
}
