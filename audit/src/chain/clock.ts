import { doubt, type Doubt, type Place } from '../doubts/doubt.js'

/** Two nodes' clocks may each be five minutes off, and so may what they let pass. */
const TOLERANCE_MS = 10 * 60_000
/** How many transactions on either side a time is compared with. */
const NEIGHBOURS = 5

interface Dated {
  readonly place: Place
  readonly time: number
}

/**
 * Finds transactions whose time does not fit their place in the chain: earlier than most of those before them, or later
 * than most of those after. One wrong time says nothing against its neighbours, since most of them must agree.
 */
export class Clock {
  /** Times of the last transactions that were in order. */
  #before: number[]
  /** Transactions that wait for those after them. */
  #waiting: Dated[]

  constructor(kept: ClockState = { before: [], waiting: [] }) {
    this.#before = [...kept.before]
    this.#waiting = [...kept.waiting]
  }

  /** Takes the next transaction, and tells what has become clear by it. */
  next(place: Place, at: Date): Doubt[] {
    const time = at.getTime()
    const doubts: Doubt[] = []
    if (most(this.#before, (earlier) => earlier - time > TOLERANCE_MS)) {
      doubts.push(misplaced('TIME_BACK', { place, time }, Math.max(...this.#before) - time))
    } else {
      this.#waiting.push({ place, time })
      this.#before = [...this.#before, time].slice(-NEIGHBOURS)
    }
    if (this.#waiting.length > NEIGHBOURS) doubts.push(...this.#settle())
    return doubts
  }

  /** At the chain's end, where fewer come after. */
  end(): Doubt[] {
    const doubts: Doubt[] = []
    while (this.#waiting.length > 1) doubts.push(...this.#settle())
    return doubts
  }

  get kept(): ClockState {
    return { before: this.#before, waiting: this.#waiting }
  }

  #settle(): Doubt[] {
    const [first, ...after] = this.#waiting
    this.#waiting = after
    if (first === undefined) return []
    const times = after.map(({ time }) => time)
    if (!most(times, (later) => first.time - later > TOLERANCE_MS)) return []
    this.#before = this.#before.filter((time) => time !== first.time)
    return [misplaced('TIME_AHEAD', first, first.time - Math.min(...times))]
  }
}

/** What a clock must keep to go on later. */
export interface ClockState {
  readonly before: readonly number[]
  readonly waiting: readonly Dated[]
}

/** More than half of them, and more than one: a single neighbour may be the wrong one itself. */
function most(times: readonly number[], holds: (time: number) => boolean): boolean {
  const count = times.filter(holds).length
  return count > 1 && count * 2 > times.length
}

function misplaced(code: 'TIME_BACK' | 'TIME_AHEAD', { place, time }: Dated, by: number): Doubt {
  return doubt(code, place, { time: new Date(time).toISOString(), minutes: Math.round(by / 60_000) })
}
