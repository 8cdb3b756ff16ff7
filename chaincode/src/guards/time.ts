import { Refusal } from '../refusals/refusal.js'

/** How far a transaction's time may be from the clock of the node that endorses it. */
export const CLOCK_TOLERANCE_MS = 5 * 60_000

/**
 * The one guard of time. A client chooses its transaction's timestamp, and Fabric itself checks it loosely (15 minutes,
 * at endorsement only); what a record calls its time must be what the endorsing nodes' own clocks say, too.
 *
 * This is the only place in the chaincode that reads a clock: no result depends on it except this refusal.
 *
 * @throws {Refusal} `TIME_OUT_OF_RANGE`
 */
export function guardTime(transactionTime: Date, now: number = Date.now()): void {
  const off = transactionTime.getTime() - now
  // Written so that an invalid date is refused as well.
  if (Math.abs(off) <= CLOCK_TOLERANCE_MS) return
  throw new Refusal('TIME_OUT_OF_RANGE', {
    transaction: isoTime(transactionTime),
    node: isoTime(new Date(now)),
    toleranceSeconds: CLOCK_TOLERANCE_MS / 1000,
  })
}

function isoTime(time: Date): string {
  return Number.isNaN(time.getTime()) ? 'invalid' : time.toISOString()
}
