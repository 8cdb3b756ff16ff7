/** First wait after a failure, and the longest, in milliseconds. */
const FIRST = 250
const LONGEST = 30_000

/**
 * The wait before attempt `failures` + 1: doubling from 250 ms to 30 s, of which a random half is taken off, so that
 * several gateways don't return to a recovering peer at the same moment.
 */
export function backoff(failures: number, random: () => number = Math.random): number {
  const whole = Math.min(LONGEST, FIRST * 2 ** Math.min(failures, 20))
  return Math.round(whole / 2 + (whole / 2) * random())
}
