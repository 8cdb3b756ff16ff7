import { rule, check } from './rule.js'

export interface StallFacts {
  /** Milliseconds since 1970: the tick, and the last site evidence or the start of works. */
  readonly now: number
  readonly last: number
  /** Works under way, without an approved stop. */
  readonly running: boolean
}

const HOUR_MS = 3_600_000

/** R37, 三日无进度: an alert, and nothing is blocked. Article §3.2; 建筑法 art. 10. */
export const R37 = rule<StallFacts>('R37', ({ now, last, running }, setting) => {
  if (!running) return []
  const most = setting('stallHours') as number
  const hours = Math.floor((now - last) / HOUR_MS)
  return [
    check(now - last <= most * HOUR_MS, 'ALERT', {
      expected: `evidence of the site within ${most} hours`,
      actual: `none for ${hours} hours`,
    }),
  ]
})
