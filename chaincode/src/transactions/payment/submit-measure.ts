import {
  billItems,
  contracts,
  contractTotals,
  measureRequest,
  measures,
  programmeOf,
  projects,
  siteEvidence,
  type BillItem,
  type Measure,
  type MeasureRequest,
  type SiteEvidence,
} from '@caizheng/records'
import { ofContract } from '../../business/of-contract.js'
import { requireUnsettled } from '../../business/after-settlement.js'
import { requireStatus } from '../../business/status.js'
import type { Call, TransactionType } from '../../business/transaction.js'
import { Refusal } from '../../refusals/refusal.js'
import { R08Measure } from '../../rules/r08-measure.js'
import { R12 } from '../../rules/r12-bill-quantities.js'
import { R14 } from '../../rules/r14-gates.js'
import { R38 } from '../../rules/r38-evidence.js'
import { R39 } from '../../rules/r39-weights.js'

/** 计量: what was built in a period, by items of the bill, with the evidence of its days (R08, R12, R14, R38, R39). */
export const submitMeasure: TransactionType<MeasureRequest> = {
  name: 'SubmitMeasure',
  request: measureRequest,
  authority: [{ role: 'CONTRACTOR_PROJECT_MANAGER', of: 'contractor' }],
  place: ofContract,
  async run(call) {
    const {
      request,
      actor,
      state,
      moment: { time },
      judgement,
      tx,
    } = call
    const { contractNo, periodNo, certifiedFen } = request
    if ((await state.find(measures, contractNo, String(periodNo))) !== undefined) {
      throw new Refusal('RECORD_EXISTS', { kind: 'measure', id: [contractNo, String(periodNo)] })
    }
    const items = await itemsOf(call)
    await judge(call, items)
    judgement.refuse()
    for (const [itemCode, { item, qtyMilli }] of items.known) {
      const measuredMilli = String(BigInt(item.measuredMilli) + qtyMilli)
      await state.save(billItems, [contractNo, itemCode], { ...item, measuredMilli, time })
    }
    const totals = await state.load(contractTotals, contractNo)
    await state.save(contractTotals, [contractNo], {
      ...totals,
      certifiedFen: String(BigInt(totals.certifiedFen) + BigInt(certifiedFen)),
      lastPeriod: periodNo,
      time,
    })
    const record: Measure = { kind: 'measure', version: 1, ...request, submittedBy: actor.key, time, tx }
    await state.create(measures, [contractNo, String(periodNo)], record)
    return { record }
  },
}

interface Items {
  readonly known: ReadonlyMap<string, { readonly item: BillItem; readonly qtyMilli: bigint }>
  readonly unknown: readonly string[]
}

async function itemsOf({ request, state }: Call<MeasureRequest>): Promise<Items> {
  const known = new Map<string, { item: BillItem; qtyMilli: bigint }>()
  const unknown: string[] = []
  for (const { itemCode, qtyMilli } of request.lines) {
    const item = await state.find(billItems, request.contractNo, itemCode)
    if (item === undefined) unknown.push(itemCode)
    else known.set(itemCode, { item, qtyMilli: (known.get(itemCode)?.qtyMilli ?? 0n) + BigInt(qtyMilli) })
  }
  return { known, unknown }
}

async function judge({ request, state, judgement }: Call<MeasureRequest>, { known, unknown }: Items): Promise<void> {
  const { contractNo, periodNo, periodStart, periodEnd, lines, certifiedFen } = request
  const contract = await state.load(contracts, contractNo)
  if (contract.status === 'TERMINATED') requireStatus(contract, 'STARTED')
  await requireUnsettled(state, contractNo)
  const { projectCode } = contract
  const project = await state.load(projects, projectCode)
  const { gates } = project
  const { lastPeriod } = await state.load(contractTotals, contractNo)
  const last = lastPeriod === 0 ? undefined : await state.load(measures, contractNo, String(lastPeriod))
  const price = (itemCode: string): bigint => BigInt(known.get(itemCode)?.item.unitPriceFen ?? '0')
  judgement
    .apply(R14, { step: 'MEASURE', on: periodEnd, gates, needs: ['START'] })
    .apply(R08Measure, {
      lines: lines
        .filter(({ itemCode }) => known.has(itemCode))
        .map(({ itemCode, qtyMilli, amountFen }) => ({
          itemCode,
          qtyMilli: BigInt(qtyMilli),
          amountFen: BigInt(amountFen),
          unitPriceFen: price(itemCode),
        })),
      certifiedFen: BigInt(certifiedFen),
      lastPeriod,
      periodNo,
      periodStart,
      periodEnd,
      lastEnd: last?.periodEnd,
    })
    .apply(R12, {
      unknown,
      items: [...known].map(([itemCode, { item, qtyMilli }]) => ({
        itemCode,
        billMilli: BigInt(item.qtyMilli),
        changedMilli: BigInt(item.changedMilli),
        measuredMilli: BigInt(item.measuredMilli),
        addedMilli: qtyMilli,
      })),
    })
  if (!programmeOf(project).construction) return
  const found = await Promise.all(request.evidenceNos.map((no) => state.find(siteEvidence, contractNo, no)))
  const evidence = found.filter((one) => one !== undefined)
  const sum = (of: (one: SiteEvidence) => number): number => evidence.reduce((total, one) => total + of(one), 0)
  judgement
    .apply(R38, {
      photos: sum((one) => one.photos.length),
      weighings: sum((one) => one.weighings.length),
      checkIns: sum((one) => (one.checkIn === undefined ? 0 : 1)),
      missing: request.evidenceNos.filter((_, index) => found[index] === undefined),
      outside: evidence.filter(({ day }) => day < periodStart || day > periodEnd).map(({ evidenceNo }) => evidenceNo),
    })
    .apply(R39, { materials: materialsOf(known, evidence) })
}

function materialsOf(known: Items['known'], evidence: readonly SiteEvidence[]) {
  const needed = new Map<string, bigint>()
  for (const { item, qtyMilli } of known.values()) {
    if (item.material === undefined) continue
    const { name, kgPerUnit } = item.material
    needed.set(name, (needed.get(name) ?? 0n) + qtyMilli * BigInt(kgPerUnit))
  }
  const weighings = evidence.flatMap((one) => one.weighings)
  return [...needed].map(([material, neededMilliKg]) => ({
    material,
    neededMilliKg,
    weighedKg: weighings.reduce((kg, one) => (one.material === material ? kg + BigInt(one.netKg) : kg), 0n),
  }))
}
