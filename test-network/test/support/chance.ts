import { createHash, randomInt } from 'node:crypto'

const { CAIZHENG_FAULT_SEED, CAIZHENG_FAULT_ROUNDS } = process.env

/**
 * How long and how random the tests of faults are, as `npm run test:faults -- --rounds 100 --seed 7` sets it. The seed
 * fixes what is tried and when, not how far the machine has come by then. `npm test` always tries the same; the command
 * something new each time, unless told.
 */
export const seed = Number(
  CAIZHENG_FAULT_SEED ?? (CAIZHENG_FAULT_ROUNDS === undefined ? 1034466214 : randomInt(2 ** 31)),
)

/** Rounds asked for on the command line; else the test's own few. */
export const roundsOr = (few: number): number => Number(CAIZHENG_FAULT_ROUNDS ?? few)

/** A number from 0 to below 1, always the same for the same seed and words. */
export function chance(...words: readonly (string | number)[]): number {
  return (
    createHash('sha256')
      .update([seed, ...words].join(' '))
      .digest()
      .readUInt32BE() /
    2 ** 32
  )
}

/** A whole number from 0 to below `limit`. */
export const pick = (limit: number, ...words: readonly (string | number)[]): number =>
  Math.floor(chance(...words) * limit)
