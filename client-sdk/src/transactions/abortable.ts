import { setTimeout as delay } from 'node:timers/promises'

/** Thrown inside the package when a caller's signal fires; callers see a CaizhengError with `CANCELLED`. */
export class Aborted extends Error {
  constructor(signal: AbortSignal) {
    super('stopped by the caller', { cause: signal.reason })
  }
}

/** Waits for `promise` or the signal, whichever is first. The work behind the promise goes on unseen. */
export async function abortable<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise
  let stop: (() => void) | undefined
  try {
    const aborted = new Promise<never>((_, reject) => {
      stop = () => reject(new Aborted(signal))
      if (signal.aborted) stop()
      else signal.addEventListener('abort', stop, { once: true })
    })
    return await Promise.race([promise, aborted])
  } finally {
    if (stop !== undefined) signal.removeEventListener('abort', stop)
    // What loses the race may still fail; that must not count as unhandled.
    promise.catch(() => undefined)
  }
}

/** Sleeps, or throws {@link Aborted} where the signal fires before. */
export async function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  await abortable(delay(milliseconds), signal)
}
