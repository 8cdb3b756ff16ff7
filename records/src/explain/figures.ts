import { formatYuan } from '../codes/fen.js'

/** What the numbers in a verdict's texts are. `none`: they are not figures, or name their units themselves. */
export const figureUnits = ['fen', 'none'] as const
export type FigureUnit = (typeof figureUnits)[number]

/** Words before or after a number that say what it is, so that it is no money. */
const COUNTED = /^(days?|hours?|kg|天)/
const COUNTS = /(逾期)$/

/**
 * A verdict's text as people read it: amounts in yuan, rates in percent.
 *
 * @example
 * ```ts
 * inWords('≤ 920000000 × 8500 / 10000 = 782000000', 'fen') // '≤ 9,200,000.00 元 × 85% = 7,820,000.00 元'
 * ```
 */
export function inWords(text: string, unit: FigureUnit, yuan = '元'): string {
  const tokens = text.replaceAll(/(\d+) \/ 10000\b/g, (_, rate: string) => percentOf(Number(rate))).split(' ')
  if (unit === 'none') return tokens.join(' ')
  return tokens
    .map((token, index) => {
      const [before = '', next = ''] = [tokens[index - 1], tokens[index + 1]]
      const [, digits, mark = ''] = /^(-?\d+)([,;，]?.*)$/.exec(token) ?? []
      const money = digits !== undefined && /^([,;，].*)?$/.test(mark)
      if (!money || next === '≤' || next === '≥' || COUNTED.test(next) || COUNTS.test(before)) return token
      return `${formatYuan(BigInt(digits))} ${yuan}${mark}`
    })
    .join(' ')
}

/** Basis points in percent: `97.5%`. */
function percentOf(basisPoints: number): string {
  return `${basisPoints / 100}%`
}

/**
 * By how much a figure passes its limit, in fen; `undefined` where the texts are no amount and its limit, or it doesn't.
 *
 * @example
 * ```ts
 * excessOf('≤ 920000000 × 8500 / 10000 = 782000000', '807300000') // 25300000n
 * ```
 */
export function excessOf(expected: string, actual: string): bigint | undefined {
  const limit = /(?:^|\s)≤ (.+)$/.exec(expected)?.[1]
  const [most, found] = [amountOf(limit), amountOf(actual)]
  return most !== undefined && found !== undefined && found > most ? found - most : undefined
}

/** Sums, and one rate at most; of `… = x` the x. */
function amountOf(text: string | undefined): bigint | undefined {
  const [, sum, rate] = /^(?:.* = )?(-?\d+(?: [+-] -?\d+)*)(?: × (\d+) \/ 10000)?$/.exec(text ?? '') ?? []
  if (sum === undefined) return undefined
  const [first = '0', ...terms] = sum.split(' ')
  let total = BigInt(first)
  for (let index = 0; index < terms.length; index += 2) {
    const term = BigInt(terms[index + 1] ?? '0')
    total += terms[index] === '-' ? -term : term
  }
  return rate === undefined ? total : (total * BigInt(rate)) / 10_000n
}
