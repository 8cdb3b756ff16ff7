import { rule, check } from './rule.js'

export interface IncreaseFacts {
  readonly beforeFen: bigint
  readonly afterFen: bigint
  readonly fundSource: string | undefined
  readonly auditReportDigest: string | undefined
}

/** R16, 概算调增: an increase names where its money comes from; a large one also the audit report that there is. */
export const R16 = rule<IncreaseFacts>('R16', ({ beforeFen, afterFen, fundSource, auditReportDigest }, setting) => {
  if (afterFen <= beforeFen) return []
  const from = BigInt(setting('auditReportFromBp') as number)
  const large = (afterFen - beforeFen) * 10_000n >= beforeFen * from
  return [
    check(fundSource !== undefined, 'REJECT', {
      case: 'FUND_SOURCE',
      expected: 'a fund source',
      actual: fundSource ?? 'none',
    }),
    ...(large
      ? [
          check(auditReportDigest !== undefined, 'REJECT', {
            case: 'AUDIT_REPORT',
            expected: `the digest of an audit report, from an increase of ${from} / 10000 on`,
            actual: auditReportDigest ?? 'none',
          }),
        ]
      : []),
  ]
})
