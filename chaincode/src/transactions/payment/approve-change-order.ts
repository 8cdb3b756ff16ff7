import {
  billItems,
  budgets,
  changeOrders,
  changeOrderStep,
  contracts,
  contractTotals,
  settingOf,
  type ChangeOrder,
  type ChangeOrderStep,
  type ContractTotals,
} from '@caizheng/records'
import { judgeItems } from '../../business/change-items.js'
import { bySubItem, ceilingFacts, committed } from '../../business/commitments.js'
import { MIRROR_SOURCE } from '../../business/mirror.js'
import { ofContract } from '../../business/of-contract.js'
import { requireUnsettled } from '../../business/after-settlement.js'
import { requireStatus } from '../../business/status.js'
import type { Call, TransactionType } from '../../business/transaction.js'
import { Refusal } from '../../refusals/refusal.js'
import { absolute } from '../../rules/absolute.js'
import { R01 } from '../../rules/r01-ceiling.js'
import { isSerious, R36 } from '../../rules/r36-change-levels.js'

/** The owner approves a change that has the signatures of its level (R36) and that the budget bears (R01). */
export const approveChangeOrder: TransactionType<ChangeOrderStep> = {
  name: 'ApproveChangeOrder',
  request: changeOrderStep,
  authority: [{ role: 'OWNER_PROJECT_LEAD', of: 'owner' }],
  place: ofContract,
  async run(call) {
    const {
      request: { contractNo, changeNo },
      actor,
      state,
      moment: { time },
      judgement,
      tx,
    } = call
    const change = await state.load(changeOrders, contractNo, changeNo)
    requireStatus(change, 'PROPOSED')
    await requireUnsettled(state, contractNo)
    await judge(call, change)
    judgement.refuse()
    await requireCharter(call, change)
    await commit(call, change)
    const { key, role, uscc } = actor
    const signatures = [...change.signatures, { key, role, uscc, time }]
    const record = { ...change, status: 'APPROVED' as const, signatures, time, tx }
    await state.save(changeOrders, [contractNo, changeNo], record)
    return { record }
  },
}

async function judge(call: Call<ChangeOrderStep>, change: ChangeOrder): Promise<void> {
  const { state, actor, judgement } = call
  const { projectCode, priceFen, provisionalFen } = await state.load(contracts, change.contractNo)
  const totals = await state.load(contractTotals, change.contractNo)
  const amountFen = BigInt(change.amountFen)
  judgement.apply(R36, {
    fundedBy: change.fundedBy,
    amountFen,
    provisionalUsedFen: BigInt(totals.changesProvisionalFen),
    provisionalLeftFen: BigInt(provisionalFen) - BigInt(totals.changesProvisionalFen),
    cumulativeFen: cumulative(totals, change),
    priceFen: BigInt(priceFen),
    siteOrScopeChange: change.siteOrScopeChange,
    signed: [...change.signatures.map(({ role }) => role), actor.role],
  })
  await judgeItems(call, change)
  if (change.fundedBy === 'PROVISIONAL') return
  const facts = await ceilingFacts(state, await state.load(budgets, projectCode), amountFen, bySubItem(change.items))
  judgement.apply(R01, facts)
}

/** All changes with this one, without their signs. */
function cumulative({ changesAbsoluteFen }: ContractTotals, { amountFen }: ChangeOrder): bigint {
  return BigInt(changesAbsoluteFen) + absolute(BigInt(amountFen))
}

/**
 * A change that makes all of them large together, or one that the provisional sum doesn't pay, is for all three organisations: it comes through `charter`.
 *
 * @throws {Refusal} `CALLED_DIRECTLY`
 */
async function requireCharter({ state, settings, context }: Call<ChangeOrderStep>, change: ChangeOrder): Promise<void> {
  const { priceFen } = await state.load(contracts, change.contractNo)
  const totals = await state.load(contractTotals, change.contractNo)
  const seriousBp = settingOf(settings, 'R36', 'seriousBp') as number
  const large = isSerious(cumulative(totals, change), BigInt(priceFen), seriousBp)
  if ((large || change.fundedBy === 'NEW_BUDGET') && context.chaincode !== MIRROR_SOURCE) {
    throw new Refusal('CALLED_DIRECTLY', { chaincode: MIRROR_SOURCE })
  }
}

/** Counts an approved change in the bill, the contract's totals and, unless the provisional sum pays it, the budget. */
async function commit({ state, moment: { time }, tx }: Call<ChangeOrderStep>, change: ChangeOrder): Promise<void> {
  const { contractNo, amountFen } = change
  for (const line of change.items) {
    const item = await state.find(billItems, contractNo, line.itemCode)
    const { itemCode, name, unit, unitPriceFen, subItem } = line
    const next = item ?? {
      ...{ kind: 'billItem' as const, version: 1 as const, contractNo, itemCode, name, unit, unitPriceFen, subItem },
      ...{ qtyMilli: '0', amountFen: '0', changedMilli: '0', measuredMilli: '0' },
    }
    const changedMilli = String(BigInt(next.changedMilli) + BigInt(line.qtyMilli))
    await state.save(billItems, [contractNo, itemCode], { ...next, changedMilli, time })
  }
  const before = await state.load(contractTotals, contractNo)
  const changesAbsoluteFen = String(cumulative(before, change))
  const totals = { ...before, changesAbsoluteFen }
  if (change.fundedBy === 'PROVISIONAL') {
    const changesProvisionalFen = String(BigInt(totals.changesProvisionalFen) + BigInt(amountFen))
    await state.save(contractTotals, [contractNo], { ...totals, changesProvisionalFen, time })
    return
  }
  const changesBudgetFen = String(BigInt(totals.changesBudgetFen) + BigInt(amountFen))
  await state.save(contractTotals, [contractNo], { ...totals, changesBudgetFen, time })
  const { projectCode } = await state.load(contracts, contractNo)
  const budget = await state.load(budgets, projectCode)
  const items = committed(budget, bySubItem(change.items))
  const changesFen = String(BigInt(budget.changesFen) + BigInt(amountFen))
  await state.save(budgets, [projectCode], { ...budget, items, changesFen, time, tx })
}
