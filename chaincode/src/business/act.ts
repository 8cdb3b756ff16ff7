import type { RequestType } from '@caizheng/records'
import type { Call } from './transaction.js'

/** What administrators of all node organisations must consent to before it is done. */
export interface ActType<Request> {
  readonly request: RequestType<Request>
  /** Does it, in the transaction of the last consent; on trial, in that of the proposal. It writes records and nothing else. */
  run(call: Call<Request & { readonly at?: string | undefined }>): Promise<void>
}
