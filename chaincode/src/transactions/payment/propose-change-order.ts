import {
  changeOrderRequest,
  changeOrders,
  contracts,
  type ChangeOrder,
  type ChangeOrderRequest,
} from '@caizheng/records'
import { anchor } from '../../business/anchor.js'
import { judgeItems } from '../../business/change-items.js'
import { ofContract } from '../../business/of-contract.js'
import { requireStatus } from '../../business/status.js'
import type { TransactionType } from '../../business/transaction.js'
import { Refusal } from '../../refusals/refusal.js'

/** 工程变更, as the contractor proposes it. Its arithmetic is checked; what it needs is judged when the owner approves. */
export const proposeChangeOrder: TransactionType<ChangeOrderRequest> = {
  name: 'ProposeChangeOrder',
  request: changeOrderRequest,
  authority: [{ role: 'CONTRACTOR_PROJECT_MANAGER', of: 'contractor' }],
  place: ofContract,
  async run({ request: { document, ...change }, actor, state, moment: { time }, judgement, tx, context }) {
    const { contractNo, changeNo, items, amountFen } = change
    const contract = await state.load(contracts, contractNo)
    requireStatus(contract, 'SIGNED', 'STARTED')
    if ((await state.find(changeOrders, contractNo, changeNo)) !== undefined) {
      throw new Refusal('RECORD_EXISTS', { kind: 'changeOrder', id: [contractNo, changeNo] })
    }
    const wrong = items.find((item) => amountOf(item) !== BigInt(item.amountFen))
    const sum = items.reduce((total, item) => total + BigInt(item.amountFen), 0n)
    if (wrong !== undefined) {
      const expected = `${wrong.itemCode}: ${amountOf(wrong)}`
      judgement.add('R26', [{ outcome: 'REJECT', case: 'LINE', expected, actual: wrong.amountFen }])
    }
    if (sum !== BigInt(amountFen)) {
      judgement.add('R26', [{ outcome: 'REJECT', case: 'SUM', expected: String(sum), actual: amountFen }])
    }
    const codes = new Set(items.map(({ itemCode }) => itemCode))
    if (codes.size !== items.length) {
      const expected = `${items.length} different items`
      judgement.add('R26', [{ outcome: 'REJECT', case: 'ITEM_TWICE', expected, actual: String(codes.size) }])
    }
    await judgeItems({ state, judgement }, change)
    judgement.refuse()
    const record: ChangeOrder = {
      kind: 'changeOrder',
      version: 1,
      ...change,
      status: 'PROPOSED',
      proposedBy: actor.key,
      signatures: [],
      anchor: await anchor(context, contract.projectCode, actor.uscc, document),
      time,
      tx,
    }
    await state.create(changeOrders, [contractNo, changeNo], record)
    return { record }
  },
}

/** Half up, away from zero for what is taken away. */
function amountOf({ qtyMilli, unitPriceFen }: ChangeOrder['items'][number]): bigint {
  const product = BigInt(qtyMilli) * BigInt(unitPriceFen)
  return product < 0n ? -((-product + 500n) / 1000n) : (product + 500n) / 1000n
}
