import { setMaxListeners } from 'node:events'
import { setImmediate as turn } from 'node:timers/promises'
import type { AnchorDefaults } from '../connection/profile.js'
import { toCaizhengError } from '../errors/gateway-failure.js'
import { Aborted } from '../transactions/abortable.js'
import { Batcher } from './batcher.js'
import type { Chain } from './chain.js'
import { MemoryJournal } from './memory-journal.js'
import { planOf, type AnchorAllOptions, type DocumentToAnchor } from './options.js'
import type { AnchoredWindow } from './outcome.js'
import { prepare, type Prepared } from './prepare.js'
import { Places } from './places.js'
import { Window } from './window.js'

type Source = AsyncIterable<DocumentToAnchor> | Iterable<DocumentToAnchor>

/**
 * The batcher: reads documents as fast as the chain takes them, and gives back window after window. See
 * `EvidenceClient.anchorAll`.
 *
 * What is held at once is bounded: two windows a lane, those that the caller hasn't taken yet included, and the one that is
 * being filled.
 */
export async function* anchorWindows(
  chain: Chain,
  defaults: AnchorDefaults,
  documents: Source,
  options: AnchorAllOptions,
): AsyncGenerator<AnchoredWindow, void, void> {
  const plan = planOf(options)
  const journal = options.journal ?? new MemoryJournal()
  const ended = new AbortController()
  const signal = options.signal === undefined ? ended.signal : AbortSignal.any([options.signal, ended.signal])
  // As many listeners as calls under way, not a leak.
  setMaxListeners(0, signal)
  const batcher = new Batcher({ chain, plan, journal, defaults, signal })
  const places = new Places<AnchoredWindow>(2 * plan.lanes.length, plan.ordered)

  const read = async (): Promise<void> => {
    for await (const batch of journal.unsettled()) {
      await places.room()
      if (places.stopped) return
      places.put(batcher.recover(batch))
    }
    const window = new Window<Prepared>(plan.size, plan.window, places, (items) => batcher.anchor(items))
    let hashing = 0
    try {
      for await (const item of documents) {
        if (places.stopped) return
        const prepared = prepare(item, defaults, signal)
        if (prepared instanceof Promise) {
          hashing++
          prepared.then(
            () => hashing--,
            () => hashing--,
          )
          if (hashing >= plan.hashing) await prepared.catch(() => undefined)
        }
        if (window.add(prepared)) {
          await window.close()
          // A source that never waits would otherwise keep timers and answers out.
          await turn()
        }
      }
      await window.close()
    } finally {
      window.cancel()
    }
  }

  void read().then(
    () => places.end(),
    (error: unknown) => places.end(error),
  )
  const cancel = (): void => places.end(toCaizhengError(new Aborted(signal), 'submit'))
  if (signal.aborted) cancel()
  else signal.addEventListener('abort', cancel, { once: true })
  try {
    yield* places.take()
  } finally {
    signal.removeEventListener('abort', cancel)
    places.stop()
    ended.abort()
    // Not for the source: one that waits for more can't be asked to stop.
    await places.idle()
  }
}
