import type { ExceptionType, Person, RequestType, Role, RuledResult, RuleId, SettingsRecord } from '@caizheng/records'
import type { CallContext } from '../contracts/call-context.js'
import type { Judgement } from './judgement.js'
import type { Moment } from './moment.js'
import type { State } from './state.js'

/** The parties that a row of the authorisation matrix can ask for. */
export type Party = 'owner' | 'contractor' | 'supervision' | 'survey' | 'design'

/**
 * Who may send a transaction: a role; where it must act for a party of the project or contract, for which; and where the
 * request decides, for which requests.
 */
export interface Authority {
  readonly role: Role
  readonly of?: Party
  /** Only for requests whose fields have these values: `{ stage: 'OWNER' }`. */
  readonly when?: Readonly<Record<string, string>>
}

/** One call of a transaction, with everything that it may depend on. */
export interface Call<Request extends { readonly at?: string | undefined }> {
  /** Its fields, without the envelope. */
  readonly request: Omit<Request, 'at'>
  readonly actor: Person
  readonly moment: Moment
  readonly state: State
  readonly settings: SettingsRecord
  /** A judgement under the settings of the event's day. */
  readonly judgement: Judgement
  /** The transaction id, and the time by the nodes' clocks, for records to keep. */
  readonly tx: string
  /** The channel's genesis hash. */
  readonly network: string
  /** For what goes beyond records: private data, events, other chaincodes. */
  readonly context: CallContext
}

/** What a transaction answers: the record as written, and its status. */
export interface Answer {
  readonly status?: RuledResult['status']
  readonly record: object
}

/** A transaction: what it takes, who may send it, what it does. */
export interface TransactionType<Request extends { readonly at?: string | undefined }> {
  /** The contract's function: `RegisterPerson`. */
  readonly name: string
  readonly request: RequestType<Request>
  /** The rows of the authorisation matrix. */
  readonly authority: readonly Authority[]
  /** The rule that a wrong role breaks, where one says so (R18); otherwise the refusal is `ROLE_NOT_ALLOWED`. */
  readonly duty?: RuleId
  /** It stands on its project's list of exceptions whatever the rules say. */
  readonly exception?: ExceptionType
  /** It may still be sent when its project is closed: what is witnessed, published or watched, and no business. */
  readonly afterClosing?: true
  /** The project it belongs to, and the parties' credit codes: read from records, never from the caller's word. */
  place?(request: Request, state: State): Promise<TransactionPlace>
  run(call: Call<Request>): Promise<Answer>
}

export interface TransactionPlace {
  readonly project?: string
  readonly parties?: Readonly<Partial<Record<Party, string>>>
}
