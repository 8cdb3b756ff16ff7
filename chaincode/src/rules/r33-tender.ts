import { daysBetween } from './days.js'
import { rule, check, type Setting } from './rule.js'

/** A tender's dates as announced. */
export interface NoticeFacts {
  readonly category: 'WORKS' | 'GOODS' | 'SERVICES'
  readonly ceilingFen: bigint
  readonly noticeDate: string
  readonly bidDeadline: string
}

const thresholds = {
  WORKS: 'worksThresholdFen',
  GOODS: 'goodsThresholdFen',
  SERVICES: 'servicesThresholdFen',
} as const

/** Whether an amount must be tendered. 发改委令16号 art. 5. */
export function mustTender(category: NoticeFacts['category'], fen: bigint, setting: Setting): boolean {
  return fen >= BigInt(setting(thresholds[category]) as string)
}

/** R33, 招标门槛与时限, of a notice: days for bids, where a tender is mandatory. 招标投标法 art. 24. */
export const R33Notice = rule<NoticeFacts>('R33', ({ category, ceilingFen, noticeDate, bidDeadline }, setting) => {
  if (!mustTender(category, ceilingFen, setting)) return []
  const days = daysBetween(noticeDate, bidDeadline)
  const least = setting('minBidDays') as number
  return [check(days >= least, 'REJECT', { case: 'BID_DAYS', expected: `≥ ${least} days`, actual: `${days} days` })]
})

/** An award as recorded. */
export interface AwardFacts extends NoticeFacts {
  readonly candidateNoticeStart: string
  readonly candidateNoticeEnd: string
  readonly awardDate: string
  readonly winningPriceFen: bigint
  /** What the winner bid; `undefined` where it is not among the bids. */
  readonly winningBidFen: bigint | undefined
}

/** R33 of an award: the candidates' notice, the price under its ceiling. 实施条例 art. 54. */
export const R33Award = rule<AwardFacts>('R33', (facts, setting) => {
  const { category, ceilingFen, winningPriceFen, winningBidFen, awardDate, bidDeadline } = facts
  const least = setting('minCandidateNoticeDays') as number
  // Both days of the notice count.
  const days = daysBetween(facts.candidateNoticeStart, facts.candidateNoticeEnd) + 1
  return [
    ...(mustTender(category, ceilingFen, setting)
      ? [
          check(days >= least, 'REJECT', {
            case: 'CANDIDATE_DAYS',
            expected: `≥ ${least} days`,
            actual: `${days} days`,
          }),
        ]
      : []),
    check(winningPriceFen <= ceilingFen, 'REJECT', {
      case: 'CEILING',
      expected: `≤ ${ceilingFen}`,
      actual: String(winningPriceFen),
    }),
    check(winningBidFen === winningPriceFen, 'REJECT', {
      case: 'WINNING_BID',
      expected: `the winner's bid, ${winningBidFen ?? 'none'}`,
      actual: String(winningPriceFen),
    }),
    check(awardDate >= bidDeadline, 'REJECT', {
      case: 'AWARD_DAY',
      expected: `no earlier than ${bidDeadline}`,
      actual: awardDate,
    }),
  ]
})

/** A contract beside the award that it comes from. */
export interface SigningFacts {
  readonly category: 'WORKS' | 'GOODS' | 'SERVICES'
  readonly priceFen: bigint
  readonly signedOn: string
  readonly contractorUscc: string
  readonly award:
    { readonly awardDate: string; readonly winningPriceFen: bigint; readonly winnerUscc: string } | undefined
}

/** R33 of a contract: the winner, at its price, within the days for signing. 招标投标法 art. 46; 实施条例 art. 57. */
export const R33Signing = rule<SigningFacts>(
  'R33',
  ({ category, priceFen, signedOn, contractorUscc, award }, setting) => {
    if (award === undefined) {
      const free = !mustTender(category, priceFen, setting)
      return [check(free, 'REJECT', { case: 'TENDER', expected: 'an award', actual: free ? 'none is needed' : 'none' })]
    }
    const most = setting('maxSigningDays') as number
    const days = daysBetween(award.awardDate, signedOn)
    return [
      check(days >= 0 && days <= most, 'REJECT', {
        case: 'SIGNING_DAYS',
        expected: `0 to ${most} days after the award`,
        actual: `${days} days`,
      }),
      check(priceFen === award.winningPriceFen, 'REJECT', {
        case: 'PRICE',
        expected: `the winning price ${award.winningPriceFen}`,
        actual: String(priceFen),
      }),
      check(contractorUscc === award.winnerUscc, 'REJECT', {
        case: 'WINNER',
        expected: award.winnerUscc,
        actual: contractorUscc,
      }),
    ]
  },
)
