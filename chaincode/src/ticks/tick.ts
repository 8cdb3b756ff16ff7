import type { Contract, Project, TickRequest } from '@caizheng/records'
import type { Call } from '../business/transaction.js'

/** A rule of time: has it judge what a tick names, on the tick's day, into the call's judgement. */
export type Tick =
  | { readonly about: 'contract'; judge(call: Call<TickRequest>, contract: Contract): Promise<void> }
  | { readonly about: 'project'; judge(call: Call<TickRequest>, project: Project): Promise<void> }
