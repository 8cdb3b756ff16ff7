import { billItems, billLine, budgets, contractTotals, voucherChainStart, type BillLine } from '@caizheng/records'
import { bySubItem, ceilingFacts, committed } from '../../business/commitments.js'
import { MIRROR_SOURCE } from '../../business/mirror.js'
import { State } from '../../business/state.js'
import type { CallContext } from '../../contracts/call-context.js'
import { readJson } from '../../guards/input.js'
import { sha256 } from '../../identity/submitter.js'
import { Refusal } from '../../refusals/refusal.js'
import { R01 } from '../../rules/r01-ceiling.js'
import type { Finding } from '../../rules/rule.js'
import { loadNetwork } from '../../state/network.js'

/** What `charter` says of a contract that it registers. */
interface Commitment {
  readonly contract: {
    readonly contractNo: string
    readonly projectCode: string
    readonly priceFen: string
    readonly provisionalFen: string
    readonly provisionalSubItem: string | null
  }
  readonly boq: readonly BillLine[]
  readonly time: string
}

/** What `payment` found. */
export interface Committed {
  readonly findings: readonly Finding[]
}

/**
 * Commits a contract's price to the budget, opens its totals and keeps its bill. Whether the budget bears it is for `charter`
 * to refuse, together with everything else that is wrong.
 *
 * @throws {Refusal} `CALLED_DIRECTLY`, `RECORD_NOT_FOUND` without a budget
 */
export async function commitContract(context: CallContext, argument: string): Promise<string> {
  if (context.chaincode !== MIRROR_SOURCE) throw new Refusal('CALLED_DIRECTLY', { chaincode: MIRROR_SOURCE })
  const { contract, boq, time } = readJson('request', argument, (value) => value as Commitment)
  const { contractNo, projectCode, priceFen } = contract
  const state = new State(context.stub)
  const budget = await state.load(budgets, projectCode)
  const { provisionalSubItem, provisionalFen } = contract
  const provisional = provisionalSubItem === null ? [] : [{ subItem: provisionalSubItem, amountFen: provisionalFen }]
  const added = bySubItem([...boq, ...provisional])
  const findings = R01.judge(await ceilingFacts(state, budget, BigInt(priceFen), added), () => null)
  await state.save(budgets, [projectCode], {
    ...budget,
    contractsFen: String(BigInt(budget.contractsFen) + BigInt(priceFen)),
    items: committed(budget, added),
    time,
  })
  const { genesis } = await loadNetwork(context.stub)
  await state.create(contractTotals, [contractNo], {
    kind: 'contractTotals',
    version: 1,
    contractNo,
    certifiedFen: '0',
    grossFen: '0',
    advanceFen: '0',
    recoveredFen: '0',
    cashFen: '0',
    refundedFen: '0',
    settlementFen: '0',
    retentionFen: '0',
    qualityGuaranteeFen: '0',
    changesProvisionalFen: '0',
    changesBudgetFen: '0',
    changesAbsoluteFen: '0',
    vouchers: 0,
    vouchersFen: '0',
    cancelledFen: '0',
    head: sha256(voucherChainStart(genesis, contractNo)),
    lastPeriod: 0,
    time,
  })
  for (const line of boq) {
    await state.create(billItems, [contractNo, line.itemCode], {
      kind: 'billItem',
      version: 1,
      contractNo,
      ...billLine.parse(line),
      changedMilli: '0',
      measuredMilli: '0',
      time,
    })
  }
  return JSON.stringify({ findings } satisfies Committed)
}
