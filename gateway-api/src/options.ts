import type { Client } from '@caizheng/client-sdk'
import type { Logger } from 'pino'
import type { Limits } from './http/services.js'
import type { NetworkKind } from './network-kind.js'

/** A folder of pages that are shown under a content security policy of their own, instead of the gateway's. */
export interface PageFolder {
  readonly folder: string
  readonly contentSecurityPolicy: string
}

/** When a batch is closed and how many fly at once. */
export interface BatchLimits {
  /** Most documents in a batch, 1 to 65,536; 4,096 by default. */
  readonly size: number
  /** Longest time in milliseconds that a document waits for others; 100 by default, which is what a lone one costs. */
  readonly window: number
  /** Batches in flight at once, each in a lane of its own, 1 to 64; 4 by default. */
  readonly lanes: number
}

export interface GatewayOptions {
  /** The SDK's client, connected as the department's identity; `connect({ profile, lazy: true })` starts without the peer. Closing it stays the caller's. */
  readonly client: Client
  /** Folder of the journal and the index, this gateway's own. Made if absent. */
  readonly directory: string
  /** Folders of the pages shown at `/`: `pages` of the portal package. None by default. */
  readonly pages?: readonly (string | PageFolder)[]
  /** Address to listen on; 127.0.0.1 by default. Any that other machines reach needs a `token`, and TLS in front. */
  readonly host?: string
  /** 8080 by default; 0 takes any free port. */
  readonly port?: number
  /** What callers must send as `Authorization: Bearer …`, at least 16 characters. */
  readonly token?: string
  /** The trust file, its path or its bytes: for `/v1/verifications`, `/v1/trust` and the organisations' names. */
  readonly trust?: string | Uint8Array
  /**
   * Address of a time-stamping authority (RFC 3161) that the trust file names: evidence is then time-stamped. While it is away
   * evidence goes without, and a batch's is stamped when it is fetched later.
   */
  readonly timeStamping?: string
  /** What is behind the client; shown to readers. `undeclared` by default. */
  readonly network?: NetworkKind
  /** A pino logger; by default one that writes JSON lines to standard output. */
  readonly logger?: Logger
  /** How documents that no rule looks up one by one are gathered into batches. */
  readonly batches?: Partial<BatchLimits>
  /** Documents that may wait for the chain; 50,000 by default. More are answered 503. */
  readonly queueLimit?: number
  /** Documents by themselves submitted at once; 64 by default, which a peer takes easily beside its other clients. */
  readonly concurrency?: number
  /** Bounds in bytes: `file` 2 GiB, `json` 64 KiB, `many` 4 MiB, `evidence` 4 MiB by default. */
  readonly limits?: Partial<Limits>
  /** True empties the index first; it is then read again from block 0. The journal stays. */
  readonly rebuildIndex?: boolean
}

/** A running gateway. */
export interface Gateway {
  /** Where it listens, for example `http://127.0.0.1:8080`. */
  readonly url: string
  /** Stops: takes no more requests, lets those under way and documents in flight end within ten seconds, closes the database. */
  close(): Promise<void>
}

export const defaultBatches: BatchLimits = { size: 4_096, window: 100, lanes: 4 }

export const defaultLimits: Limits = {
  file: 2 * 1024 ** 3,
  json: 64 * 1024,
  many: 4 * 1024 ** 2,
  evidence: 4 * 1024 ** 2,
}
