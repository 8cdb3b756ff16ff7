import { PrepareError } from '../errors/caizheng-error.js'
import type { AboutDocument } from '../evidence/about.js'
import type { DocumentInput } from '../evidence/digests.js'
import type { TimeStamper } from '../evidence/time-stamper.js'
import type { Journal } from './journal.js'

/** One document of a stream that is anchored. */
export interface DocumentToAnchor {
  /** A path, bytes, a stream, or digests taken elsewhere. Files are hashed as they stream, several at once. */
  readonly document: DocumentInput
  readonly about: AboutDocument
  /** The caller's own name for it: kept in the journal and given back with the outcome. A file's path by default. */
  readonly key?: string | undefined
}

/** How a stream of documents is cut into batches and carried to the chain. */
export interface AnchorAllOptions {
  /** Most documents in a batch, 1 to 65,536; 4,096 by default. On the chain a batch costs the same whatever its size. */
  readonly size?: number | undefined
  /** Longest time in milliseconds that a document waits for others before its batch is closed; 100 by default. */
  readonly window?: number | undefined
  /** Batches in flight at once, each in a lane of its own, 1 to 64; 4 by default. */
  readonly lanes?: number | undefined
  /**
   * What the lanes are called: `<lane>-1`, `<lane>-2` and so on. Two processes of one identity need different names, or their
   * batches conflict and are sent again. `sdk` by default. Keep it from run to run: an auditor sees each lane's gaps.
   */
  readonly lane?: string | undefined
  /** Where leaves and salts are kept before their root is submitted. In memory by default, which survives no crash. */
  readonly journal?: Journal | undefined
  /**
   * How long, in milliseconds, a batch is tried again while the network is away or overloaded; two minutes by default,
   * `Infinity` never gives up.
   */
  readonly patience?: number | undefined
  /** `false`: outcomes come as batches end, so that a slow batch holds up none that began later. `true` by default. */
  readonly ordered?: boolean | undefined
  /** Files hashed at once; 4 by default. */
  readonly hashing?: number | undefined
  /**
   * Has each receipt time-stamped: one for all documents of a batch. Where the authority is away evidence goes without one,
   * `batch.receipt.unstamped` says why, and it can be stamped later.
   */
  readonly timeStamper?: TimeStamper | undefined
  /** Stops the run. Batches that were begun stay in the journal. */
  readonly signal?: AbortSignal | undefined
}

/** The options with every default filled in. */
export interface Plan {
  readonly size: number
  readonly window: number
  readonly lanes: readonly string[]
  readonly patience: number
  readonly ordered: boolean
  readonly hashing: number
  readonly timeStamper: TimeStamper | undefined
}

/** A batch in one evidence file must stay readable: see `MAX_EVIDENCE_BYTES`. */
const MOST_DOCUMENTS = 65_536
const MOST_LANES = 64

/** @throws {PrepareError} `INPUT_INVALID` */
export function planOf(options: AnchorAllOptions): Plan {
  const { window = 100, lane = 'sdk', patience = 120_000, ordered = true } = options
  const lanes = whole('lanes', options.lanes ?? 4, MOST_LANES)
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,60}$/.test(lane)) {
    invalid(`"lane" must be a name of letters, digits, dots, dashes and underscores, not ${JSON.stringify(lane)}`)
  }
  for (const [name, value] of Object.entries({ window, patience })) {
    if (!(value >= 0)) invalid(`"${name}" must be milliseconds, not ${value}`)
  }
  return {
    size: whole('size', options.size ?? 4096, MOST_DOCUMENTS),
    window,
    lanes: Array.from({ length: lanes }, (_, index) => `${lane}-${index + 1}`),
    patience,
    ordered,
    hashing: whole('hashing', options.hashing ?? 4, 64),
    timeStamper: options.timeStamper,
  }
}

function whole(name: string, value: number, most: number): number {
  if (Number.isInteger(value) && value >= 1 && value <= most) return value
  return invalid(`"${name}" must be a whole number from 1 to ${most}, not ${value}`)
}

function invalid(message: string): never {
  throw new PrepareError('INPUT_INVALID', 'prepare', message)
}
