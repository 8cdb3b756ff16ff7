import { X509Certificate } from 'node:crypto'
import { isActName, transactionPlaces } from '@caizheng/records'
import type { Client } from '@caizheng/client-sdk'
import { openBackfills } from './backfills.js'
import type { Cast } from './cast.js'
import type { PilotJournal } from './journal.js'
import type { Pilot, Step } from './pilot.js'
import { play, sideBySide, transactionOf, type Given } from './play.js'
import { playable } from './playable.js'

/** What loading a pilot needs, and whom it tells. */
export interface LoadOptions {
  readonly cast: Cast
  readonly administrator: Client
  readonly journal: PilotJournal
  /** Resolves when every node has what any of them has. */
  readonly settle: () => Promise<void>
  /** Ends the loading after the step under way. */
  readonly signal?: AbortSignal
  /** Called before the first step and after each. */
  readonly onStep?: (done: number, of: number) => void
}

/** A step gave something else than the pilot says it must. */
export class PilotError extends Error {
  override readonly name = 'PilotError'

  constructor(
    readonly pilot: string,
    readonly step: Step,
    readonly given: Given,
  ) {
    const { seq, transaction, expect } = step
    const got = given.refusal ?? `${given.status} ${given.rules.join(', ')}`.trim()
    super(`${pilot}, step ${seq} (${transaction}): ${expect.status} was expected, ${got} came`)
  }
}

/**
 * Plays what the chain can take of a pilot, each step once: what the journal has is left out, and of the step that was under
 * way at an interruption the blocks tell whether it is there.
 *
 * @returns whether all of it is on the chain now; `false` where the signal ended it
 * @throws {PilotError}; {@link CaizhengError} where the network fails
 */
export async function loadPilot(pilot: Pilot, options: LoadOptions): Promise<boolean> {
  const { cast, administrator, journal, settle, signal, onStep } = options
  const steps = playable(pilot)
  const { done, underWay } = await journal.read(pilot.pilot)
  const over = new Set(done)
  const interrupted = steps.find(({ seq }) => seq === underWay?.seq && !over.has(seq))
  if (
    underWay !== undefined &&
    interrupted !== undefined &&
    (await isThere(cast, administrator, interrupted, underWay))
  ) {
    over.add(interrupted.seq)
  }
  const left = steps.filter(({ seq }) => !over.has(seq))
  onStep?.(steps.length - left.length, steps.length)
  if (left.length === 0) return true
  await openBackfills(cast, { steps: left })
  let block = await administrator.height()
  for (const together of sideBySide(left)) {
    if (signal?.aborted) return false
    const [step] = together
    await journal.write(pilot.pilot, { done: [...over], underWay: { seq: step.seq, block } })
    const given = await play(cast, pilot, ...together)
    await settle()
    if (given.status !== step.expect.status) throw new PilotError(pilot.pilot, step, given)
    for (const { seq } of together) over.add(seq)
    if (given.block !== undefined) block = given.block + 1
    onStep?.(over.size, steps.length)
  }
  await journal.write(pilot.pilot, { done: [...over] })
  return true
}

/** Whether the chain has a step's transaction, from a block on: it is the only one that this person sends meanwhile. */
async function isThere(
  cast: Cast,
  reader: Client,
  step: Step,
  { block }: { readonly block: number },
): Promise<boolean> {
  const name = transactionOf(step)
  // To anchor the same document again is no change, nor to propose what is in force.
  if (name === undefined || isActName(name)) return false
  const sought = `${transactionPlaces[name].contract}:${name}`
  const { certificate } = await cast.person(step.actorMsp, step.actor)
  const { fingerprint256 } = new X509Certificate(certificate)
  const height = await reader.height()
  if (block >= height) return false
  for await (const { number, transactions } of reader.followBlocks({ from: block })) {
    const found = transactions.some(
      ({ valid, function: called, creator }) =>
        valid && called === sought && new X509Certificate(creator.certificate).fingerprint256 === fingerprint256,
    )
    if (found) return true
    if (number + 1 >= height) break
  }
  return false
}
