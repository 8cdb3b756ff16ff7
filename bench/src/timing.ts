/**
 * Calls a function again and again, one call at a time.
 *
 * @returns the time of each call, in milliseconds
 */
export async function timeEach(count: number, call: (index: number) => Promise<unknown>): Promise<number[]> {
  const times: number[] = []
  for (let index = 0; index < count; index++) {
    const started = performance.now()
    await call(index)
    times.push(performance.now() - started)
  }
  return times
}

/**
 * Keeps a number of calls in flight until `count` have ended.
 *
 * @returns calls per second
 */
export async function rateOf(
  inFlight: number,
  count: number,
  call: (index: number) => Promise<unknown>,
): Promise<number> {
  let next = 0
  const started = performance.now()
  await Promise.all(
    Array.from({ length: inFlight }, async () => {
      while (next < count) await call(next++)
    }),
  )
  return count / ((performance.now() - started) / 1000)
}

/**
 * The value below which a share of the samples lies (nearest rank).
 *
 * @param share such as 0.5 or 0.95
 */
export function percentile(samples: readonly number[], share: number): number {
  if (samples.length === 0) throw new RangeError('no samples')
  const sorted = [...samples].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] as number
}
