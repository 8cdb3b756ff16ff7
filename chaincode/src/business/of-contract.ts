import { contracts, projects } from '@caizheng/records'
import type { State } from './state.js'
import type { TransactionPlace } from './transaction.js'

/** The place of a transaction about a contract: its project and its parties, as registered. */
export async function ofContract(
  { contractNo }: { readonly contractNo: string },
  state: State,
): Promise<TransactionPlace> {
  const { projectCode, ownerUscc, contractorUscc, supervisionFirmUscc } = await state.load(contracts, contractNo)
  return {
    project: projectCode,
    parties: {
      owner: ownerUscc,
      contractor: contractorUscc,
      ...(supervisionFirmUscc === undefined ? {} : { supervision: supervisionFirmUscc }),
    },
  }
}

/** The place of a transaction about a project: its code, and its owner. */
export async function ofProject(
  { projectCode }: { readonly projectCode: string },
  state: State,
): Promise<TransactionPlace> {
  const { ownerUscc: owner } = await state.load(projects, projectCode)
  return { project: projectCode, parties: { owner } }
}
