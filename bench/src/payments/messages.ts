import type { Profile } from '@caizheng/client-sdk'

/** A record of `payment`: its key, and its canonical JSON. */
export type Row = readonly [key: string, value: string]

/** What the process of a county says once it is ready. */
export interface Ready {
  /** Of the person who applies. */
  readonly profile: Profile
  /** The application, as the chaincode takes it. */
  readonly request: Readonly<Record<string, unknown>>
  /** All that `payment` holds before it. */
  readonly rows: readonly Row[]
}
