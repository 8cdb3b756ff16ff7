import * as z from 'zod/mini'
import { MAX_FEN, parseFen } from '../codes/fen.js'

/** Money: integer fen as a decimal string, at most 10^15. Rule R26. */
export const fen = wholeNumber((text) => parseFen(text), `must be an amount in integer fen, at most ${MAX_FEN} (R26)`)

/** A quantity: thousandths of its unit as a decimal string, at most 10^15. Rule R26. */
export const milli = wholeNumber(
  (text) => parseFen(text),
  `must be a quantity in whole thousandths, at most ${MAX_FEN} (R26)`,
)

/** A quantity or an amount that may be negative: what a change takes away. */
export const signedMilli = wholeNumber(
  (text) => parseFen(text.replace(/^-(?=[1-9])/, '')),
  `must be a quantity in whole thousandths, at most ${MAX_FEN} either way (R26)`,
)
export const signedFen = wholeNumber(
  (text) => parseFen(text.replace(/^-(?=[1-9])/, '')),
  `must be an amount in integer fen, at most ${MAX_FEN} either way (R26)`,
)

/** A rate in basis points: 10,000 is the whole. */
export const basisPoints = z.int().check(z.minimum(0), z.maximum(10_000))

/** A small count: days, months, lines. */
export function count(most: number) {
  return z.int().check(z.minimum(0), z.maximum(most))
}

function wholeNumber(reads: (text: string) => unknown, error: string) {
  const accepts = (text: string): boolean => {
    try {
      reads(text)
      return true
    } catch {
      return false
    }
  }
  return z.string().check(z.refine(accepts, error))
}
