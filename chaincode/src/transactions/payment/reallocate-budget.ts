import {
  budgets,
  reallocationRequest,
  reallocations,
  type Budget,
  type Reallocation,
  type ReallocationRequest,
} from '@caizheng/records'
import { anchor } from '../../business/anchor.js'
import { ofProject } from '../../business/of-contract.js'
import type { TransactionType } from '../../business/transaction.js'
import { R17, type ReallocationFacts } from '../../rules/r17-reallocation.js'

/** 子项调剂, as the owner asks for it (R17); it takes effect with finance's approval. */
export const reallocateBudget: TransactionType<ReallocationRequest> = {
  name: 'ReallocateBudget',
  request: reallocationRequest,
  authority: [{ role: 'OWNER_PROJECT_LEAD', of: 'owner' }],
  place: ofProject,
  async run({ request: { document, ...asked }, actor, state, moment: { time }, judgement, tx, context }) {
    const { projectCode, reallocationNo, moves } = asked
    judgement.apply(R17, reallocationFacts(await state.load(budgets, projectCode), moves)).refuse()
    const record: Reallocation = {
      kind: 'reallocation',
      version: 1,
      ...asked,
      status: 'PROPOSED',
      proposedBy: actor.key,
      time,
      tx,
    }
    const created = await state.create(reallocations, [projectCode, reallocationNo], record)
    if (created && document !== undefined) await anchor(context, projectCode, actor.uscc, document)
    return { record: await state.load(reallocations, projectCode, reallocationNo) }
  },
}

/** What R17 judges. */
export function reallocationFacts({ items }: Budget, moves: Reallocation['moves']): ReallocationFacts {
  return {
    items: items.map(({ subItem, parent, amountFen, committedFen }) => ({
      subItem,
      parent,
      amountFen: BigInt(amountFen),
      committedFen: BigInt(committedFen),
    })),
    moves: moves.map((move) => ({ ...move, amountFen: BigInt(move.amountFen) })),
  }
}
