const EIGHT_HOURS = 8 * 3600_000

/** A moment as clocks in China show it: `2026-11-23 10:04:31`, UTC+8. What is stated as a moment: the second has begun. */
export function chinaTime(moment: Date): string {
  return shown(Math.floor(moment.getTime() / 1000))
}

/** The same after "no later than", rounded up: before that second ends nothing is claimed that isn't so. */
export function chinaTimeAtLatest(moment: Date): string {
  return shown(Math.ceil(moment.getTime() / 1000))
}

function shown(seconds: number): string {
  return new Date(seconds * 1000 + EIGHT_HOURS).toISOString().slice(0, 19).replace('T', ' ')
}
