import { expect } from 'chai'
import fc from 'fast-check'
import { Semaphore } from '../../src/connection/semaphore.js'

describe('semaphore', () => {
  it('never runs more than its limit, runs everything, in order of arrival', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 0, max: 60 }), async (limit, count) => {
        const semaphore = new Semaphore(limit)
        const started: number[] = []
        let running = 0
        let most = 0
        await Promise.all(
          Array.from({ length: count }, (_, index) =>
            semaphore.run(async () => {
              started.push(index)
              most = Math.max(most, ++running)
              await new Promise((resolve) => setImmediate(resolve))
              running--
            }),
          ),
        )
        expect(most).to.equal(Math.min(limit, count))
        expect(started).to.deep.equal(Array.from({ length: count }, (_, index) => index))
        expect(semaphore.running).to.equal(0)
      }),
      { numRuns: 30 },
    )
  })

  it('gives its place back when a task fails', async () => {
    const semaphore = new Semaphore(1)
    await semaphore.run(() => Promise.reject(new Error('no'))).catch(() => undefined)
    expect(await semaphore.run(() => Promise.resolve('yes'))).to.equal('yes')
  })

  it('lets a waiter give up without taking a place', async () => {
    const semaphore = new Semaphore(1)
    let finish: (() => void) | undefined
    const first = semaphore.run(() => new Promise<void>((resolve) => (finish = resolve)))
    const stop = new AbortController()
    let ran = false
    const second = semaphore.run(() => Promise.resolve((ran = true)), stop.signal)
    const third = semaphore.run(() => Promise.resolve('third'))
    stop.abort(new Error('enough'))
    const outcome = await second.then(
      () => 'ran',
      (error: Error) => error.message,
    )
    expect(outcome).to.equal('enough')
    finish?.()
    await first
    expect(await third).to.equal('third')
    expect(ran).to.equal(false)
    expect([semaphore.running, semaphore.waiting]).to.deep.equal([0, 0])
  })

  it('refuses a limit that is no whole number from 1', () => {
    for (const limit of [0, -1, 1.5, NaN]) expect(() => new Semaphore(limit)).to.throw(RangeError)
  })
})
