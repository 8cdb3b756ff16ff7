import { rule, check } from './rule.js'

export interface AdvanceTerms {
  readonly priceFen: bigint
  readonly provisionalFen: bigint
  readonly advanceFen: bigint
}

/** R04, 预付款区间, of a contract: of the price without the provisional sum. 财建[2004]369号 art. 12; GB 50500-2013. */
export const R04Contract = rule<AdvanceTerms>('R04', ({ priceFen, provisionalFen, advanceFen }, setting) => {
  const base = priceFen - provisionalFen
  const [least, most] = [BigInt(setting('minBp') as number), BigInt(setting('maxBp') as number)]
  const actual = `${advanceFen} of ${base}`
  return [
    check(advanceFen * 10_000n <= base * most, 'REJECT', { case: 'MOST', expected: `≤ ${most} / 10000`, actual }),
    check(advanceFen * 10_000n >= base * least, 'WARN', { case: 'LEAST', expected: `≥ ${least} / 10000`, actual }),
  ]
})

export interface AdvancePayment {
  readonly agreedFen: bigint
  readonly grossFen: bigint
  /** Of advances applied for before. */
  readonly advancedFen: bigint
  /** Whether anything has been measured. */
  readonly measured: boolean
}

/** R04 of an application: the agreed advance, once, before the first measure. */
export const R04Application = rule<AdvancePayment>('R04', ({ agreedFen, grossFen, advancedFen, measured }) => [
  check(grossFen === agreedFen && advancedFen === 0n, 'HOLD', {
    case: 'ONCE',
    expected: `${agreedFen}, once`,
    actual: `${grossFen}, after ${advancedFen}`,
  }),
  check(!measured, 'HOLD', {
    case: 'BEFORE_MEASURES',
    expected: 'before the first measure',
    actual: measured ? 'after a measure' : 'before',
  }),
])
