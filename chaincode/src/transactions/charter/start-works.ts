import { contracts, programmeOf, projects, startRequest, type StartRequest } from '@caizheng/records'
import { requireStatus } from '../../business/status.js'
import { ofContract } from '../../business/of-contract.js'
import type { TransactionType } from '../../business/transaction.js'
import { laterStage } from '../../business/works.js'
import { R14 } from '../../rules/r14-gates.js'

/** 开工: after the construction permit (R14, 建筑法 art. 7). The project is 执行 from then on. */
export const startWorks: TransactionType<StartRequest> = {
  name: 'StartWorks',
  request: startRequest,
  authority: [{ role: 'OWNER_PROJECT_LEAD', of: 'owner' }],
  place: ofContract,
  async run({ request: { contractNo, startedOn }, state, moment: { time }, judgement, tx }) {
    const contract = await state.load(contracts, contractNo)
    const project = await state.load(projects, contract.projectCode)
    const needs = ['CONTRACT', ...programmeOf(project).starts]
    judgement.apply(R14, { step: 'START', on: startedOn, gates: project.gates, needs }).refuse()
    requireStatus(contract, 'SIGNED')
    const record = { ...contract, status: 'STARTED' as const, startedOn, time, tx }
    await state.save(contracts, [contractNo], record)
    const gates = { ...project.gates, START: project.gates['START'] ?? startedOn }
    await state.save(projects, [project.projectCode], {
      ...project,
      stage: laterStage(project.stage, '执行'),
      gates,
      time,
      tx,
    })
    return { record }
  },
}
