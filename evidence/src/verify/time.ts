const EIGHT_HOURS = 8 * 3600_000

/** A moment as people in China read it: `2026-11-23 10:04:31`, UTC+8. Seconds are rounded up: it stands after "no later than". */
export function chinaTime(moment: Date): string {
  const seconds = Math.ceil(moment.getTime() / 1000)
  return new Date(seconds * 1000 + EIGHT_HOURS).toISOString().slice(0, 19).replace('T', ' ')
}
