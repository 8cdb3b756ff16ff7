import { contracts, type Contract, type TickRequest } from '@caizheng/records'
import { requireProject } from '../status.js'
import type { Call } from '../transaction.js'

/** A rule of time: has it judge what a tick names, on the tick's day. */
export type Tick = (call: Call<TickRequest>) => Promise<void>

/** A rule of time about one contract: it has nothing to say where a tick names none. */
export function ofContract(judge: (call: Call<TickRequest>, contract: Contract) => Promise<void>): Tick {
  return async (call) => {
    const { contractNo, projectCode } = call.request
    if (contractNo === undefined) return
    const contract = await call.state.load(contracts, contractNo)
    // An alert has one key: under another project's name it would keep the right one out.
    requireProject(contract, projectCode)
    await judge(call, contract)
  }
}
