import { projectRequest, projects, type Project, type ProjectRequest } from '@caizheng/records'
import { anchor } from '../../business/anchor.js'
import type { TransactionType } from '../../business/transaction.js'

/** 立项: a project under its code (R27), of an owner under its credit code (R28). */
export const createProject: TransactionType<ProjectRequest> = {
  name: 'CreateProject',
  request: projectRequest,
  authority: [
    { role: 'DEVELOPMENT_OFFICER' },
    // What is bought and paid out by budget alone needs no approval of an investment.
    { role: 'BUDGET_OFFICER', when: { programme: 'PROCUREMENT' } },
    { role: 'BUDGET_OFFICER', when: { programme: 'SUBSIDY' } },
  ],
  place: ({ projectCode }) => Promise.resolve({ project: projectCode }),
  async run({ request, actor, state, moment: { time, day, backfilled }, tx, context }) {
    const { projectCode, name, ownerUscc, underWay, programme, document } = request
    const record: Project = {
      kind: 'project',
      version: 1,
      projectCode,
      name,
      ownerUscc,
      ...(underWay === undefined ? {} : { underWay }),
      ...(programme === undefined ? {} : { programme }),
      stage: underWay === true ? '执行' : '立项',
      gates: { CREATED: day },
      ...(backfilled ? { backfilled } : {}),
      time,
      tx,
    }
    const created = await state.create(projects, [projectCode], record)
    if (created && document !== undefined) await anchor(context, projectCode, actor.uscc, document)
    return { record: await state.load(projects, projectCode) }
  },
}
