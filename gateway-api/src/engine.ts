import { setTimeout as sleep } from 'node:timers/promises'
import { parseAnchorRequest } from '@caizheng/records'
import type { Logger } from 'pino'
import { Batches } from './batches/batches.js'
import { isNetworkFailure, type Chain } from './chain.js'
import { AnchorIndex } from './index/anchor-index.js'
import { Follower } from './index/follower.js'
import { RecordIndex } from './records/record-index.js'
import { NetworkGate } from './network-gate.js'
import { Outbox, type OutboxEntry } from './outbox/outbox.js'
import { OutboxWorker } from './outbox/worker.js'
import type { BatchLimits } from './options.js'
import { Readiness } from './readiness.js'
import { Binding } from './store/binding.js'
import { openDatabase, type Sqlite } from './store/database.js'
import { GroupCommit } from './store/group-commit.js'

export interface EngineOptions {
  readonly chain: Chain
  readonly directory: string
  readonly queueLimit: number
  readonly concurrency: number
  readonly batches: BatchLimits
  readonly rebuildIndex: boolean
  readonly logger: Logger
}

/** Milliseconds that starting waits for the network before it goes on without. */
const PATIENCE = 3_000

/** All of the gateway but HTTP: journal, index, and what moves documents between them and the chain. */
export class Engine {
  readonly binding: Binding
  readonly outbox: Outbox
  readonly index: AnchorIndex
  readonly records: RecordIndex
  readonly worker: OutboxWorker
  readonly batches: Batches
  readonly readiness: Readiness
  private readonly database: Sqlite
  private readonly commits: GroupCommit
  private readonly follower: Follower
  private readonly gate: NetworkGate
  private readonly stopping = new AbortController()
  private readonly logger: Logger

  /** @throws {@link GatewayError} DIRECTORY_UNUSABLE, DATABASE_NEWER, DIRECTORY_OF_ANOTHER */
  constructor({ chain, directory, queueLimit, concurrency, batches: limits, rebuildIndex, logger }: EngineOptions) {
    this.logger = logger
    this.database = openDatabase(directory)
    this.binding = new Binding(this.database, directory)
    this.commits = new GroupCommit(this.database)
    this.index = new AnchorIndex(this.database, this.commits)
    this.records = new RecordIndex(this.database)
    this.outbox = new Outbox(this.database, this.commits, queueLimit)
    const { index, records, outbox } = this
    const submit = (entry: OutboxEntry, signal: AbortSignal) =>
      chain.anchor(parseAnchorRequest(JSON.parse(entry.request)), signal)
    const worker = new OutboxWorker({ outbox, submit, isNetworkFailure, logger, concurrency })
    const { binding, database, commits } = this
    const announce = (place: string): void => worker.announce(place)
    const batches = new Batches({ chain, database, commits, outbox, binding, limits, announce, logger })
    const follower = new Follower({ index, records, follow: chain.follow, chaincode: chain.chaincode, logger })
    const gate = new NetworkGate(chain, this.binding, logger)
    this.worker = worker
    this.batches = batches
    this.follower = follower
    this.gate = gate
    this.readiness = new Readiness({ chain, gate, index, follower, outbox, worker, batches })
    try {
      this.binding.bindDepartment(chain.msp, chain.channel)
      if (rebuildIndex) index.clear()
    } catch (error) {
      this.database.close()
      throw error
    }
  }

  /**
   * Begins to submit and to follow once the network is confirmed, which may be later than this resolves.
   *
   * @throws {@link GatewayError} DIRECTORY_OF_ANOTHER where a wrong network shows at once
   */
  async start(): Promise<void> {
    const begun = this.gate.pass(this.stopping.signal).then((passed) => {
      if (!passed || this.stopping.signal.aborted) return
      this.worker.start()
      this.batches.start()
      this.follower.start()
    })
    await Promise.race([begun, sleep(PATIENCE, undefined, { ref: false })])
    begun.catch((error: unknown) => this.logger.fatal({ err: error }, 'gateway: nothing is submitted'))
  }

  /** Ends what is in flight, within `grace` milliseconds. Requests may go on until {@link close}. */
  async stop(grace: number): Promise<void> {
    this.stopping.abort()
    await Promise.all([this.worker.stop(grace), this.batches.stop(grace), this.follower.stop()])
  }

  close(): void {
    this.commits.flush()
    this.database.close()
  }
}
