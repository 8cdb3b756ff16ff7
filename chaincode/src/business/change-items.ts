import { billItems, type ChangeOrder } from '@caizheng/records'
import { R36Items } from '../rules/r36-change-levels.js'
import type { Call } from './transaction.js'

/** Judges a change's lines beside the bill of now (R36): when it is proposed, and again when it is approved. */
export async function judgeItems(
  { state, judgement }: Pick<Call<object>, 'state' | 'judgement'>,
  { contractNo, items }: Pick<ChangeOrder, 'contractNo' | 'items'>,
): Promise<void> {
  const facts = []
  for (const { itemCode, unit, unitPriceFen, subItem, qtyMilli } of items) {
    const item = await state.find(billItems, contractNo, itemCode)
    const bill = item && { unit: item.unit, unitPriceFen: item.unitPriceFen, subItem: item.subItem }
    facts.push({
      ...{ itemCode, changed: { unit, unitPriceFen, subItem }, bill },
      leftMilli: BigInt(item?.qtyMilli ?? '0') + BigInt(item?.changedMilli ?? '0') + BigInt(qtyMilli),
      measuredMilli: BigInt(item?.measuredMilli ?? '0'),
      lessened: BigInt(qtyMilli) < 0n,
    })
  }
  judgement.apply(R36Items, { items: facts })
}
