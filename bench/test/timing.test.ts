import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'chai'
import { percentile, rateOf, timeEach } from '../src/timing.js'

describe('timing', () => {
  it('takes the nearest rank', () => {
    const samples = [5, 1, 4, 2, 3, 10, 9, 8, 7, 6]
    expect([0, 0.5, 0.95, 1].map((share) => percentile(samples, share))).to.deep.equal([1, 5, 10, 10])
    expect(() => percentile([], 0.5)).to.throw(RangeError)
  })

  it('calls one at a time', async () => {
    let running = 0
    const times = await timeEach(5, async () => {
      expect(++running).to.equal(1)
      await sleep(2)
      running--
    })
    expect(times).to.have.length(5)
  })

  it('keeps as many in flight as asked, and makes exactly as many calls', async () => {
    let running = 0
    let most = 0
    const seen: number[] = []
    await rateOf(4, 30, async (index) => {
      most = Math.max(most, ++running)
      seen.push(index)
      await sleep(1)
      running--
    })
    expect(most).to.equal(4)
    expect(seen).to.deep.equal(Array.from({ length: 30 }, (_, index) => index))
  })
})
