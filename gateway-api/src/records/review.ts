import { createHash } from 'node:crypto'
import { qrRows } from '@caizheng/client-sdk'
import {
  applications,
  contracts,
  contractTotals,
  initialSettings,
  measures,
  organisations,
  persons,
  projects,
  quotas,
  settingsRecords,
  specialApprovals,
  voucherNumber,
  vouchers,
  type Application,
  type CanonicalValue,
  type RecordType,
  type Voucher,
} from '@caizheng/records'
import type { Services } from '../http/services.js'
import { explain } from './explanation.js'
import type { IndexedRecord } from './record-index.js'

type Sources = Pick<Services, 'chain' | 'records' | 'index' | 'binding'>

/**
 * All that the review sheet of a payment application shows: why it was held or let pass, by its verdicts as the chain stores
 * them, and the records around it, as the index has them.
 *
 * @param found the application in the index
 */
export async function reviewOf(sources: Sources, found: IndexedRecord): Promise<Record<string, unknown>> {
  const { records, index, binding } = sources
  const of: Find = (type, ...id) => {
    const record = records.find(type.kind, id.join(':'))?.record
    return record === undefined ? undefined : type.parse(record)
  }
  const application = applications.parse(found.record)
  const { contractNo, projectCode, periodNo, lines, specialApproval } = application
  const contract = of(contracts, contractNo)
  const totals = of(contractTotals, contractNo)
  const { ownerUscc: owner, contractorUscc: contractor, supervisionFirmUscc: supervision } = contract ?? {}
  const parties = Object.fromEntries(
    Object.entries({ owner, contractor, supervision }).flatMap(([party, uscc]) =>
      uscc === undefined ? [] : [[party, { uscc, ...named(of, uscc) }]],
    ),
  )
  const settings = of(settingsRecords, String(application.settings)) ?? initialSettings
  const { steps, ...explained } = explain(application, settings, found.day ?? '', parties)
  const quotaNos = [...new Set(lines.map(({ budgetQuotaNo }) => budgetQuotaNo))]
  const place = placeOf(sources, found)
  return {
    application,
    explanation: {
      ...explained,
      steps: steps.map((step) => ({ ...step, ...actorOf(of, application, step.step) })),
      vouchers: vouchersOf(of, application),
    },
    ...present('project', of(projects, projectCode)),
    ...present('contract', contract),
    ...present('totals', totals),
    ...present('measure', periodNo === undefined ? undefined : of(measures, contractNo, String(periodNo))),
    ...present('special', specialApproval === undefined ? undefined : of(specialApprovals, specialApproval)),
    quotas: quotaNos.flatMap((no) => of(quotas, no) ?? []),
    organisations: Object.fromEntries(Object.values(parties).map(({ uscc, name }) => [uscc, name ?? uscc])),
    paidFen: String(records.sum('voucher', contractNo, 'PAID', 'amountFen') - BigInt(totals?.refundedFen ?? '0')),
    place,
    places: records.places(found),
    height: (index.checkpoint()?.block ?? -1) + 1,
    qr: await qrRows(
      [
        `caizheng:${place.channel}/${place.key}`,
        `network=${binding.genesis?.slice(0, 16) ?? ''}`,
        `block=${found.block}`,
        `tx=${found.transaction}`,
      ].join('\n'),
    ),
  }
}

/** A record in the index. */
type Find = <T>(type: RecordType<T>, ...id: string[]) => T | undefined

function named(of: Find, uscc: string): { name?: string } {
  const name = of(organisations, uscc)?.name
  return name === undefined ? {} : { name }
}

/** Who took a step, where the application keeps it. */
function actorOf(of: Find, application: Application, step: string) {
  const { submittedBy, ownerApprovedBy, financeApprovedBy } = application
  const keys: Readonly<Record<string, string | undefined>> = {
    ...{ SUBMITTED: submittedBy, OWNER_APPROVED: ownerApprovedBy, APPROVED: financeApprovedBy },
  }
  const key = keys[step]
  const person = key === undefined ? undefined : of(persons, key)
  return person === undefined ? {} : { by: { role: person.role, uscc: person.uscc, ...named(of, person.uscc) } }
}

/** The vouchers of its lines, and after each those that took the place of one. */
function vouchersOf(of: Find, { contractNo, lines, firstVoucher }: Application): Voucher[] {
  if (firstVoucher === undefined) return []
  return lines.flatMap((_, offset) => {
    const own: Voucher[] = []
    let next: string | undefined = voucherNumber(contractNo, firstVoucher + offset)
    while (next !== undefined) {
      const voucher: Voucher | undefined = of(vouchers, next)
      if (voucher !== undefined) own.push(voucher)
      next = voucher?.replacedBy
    }
    return own
  })
}

function placeOf(
  { chain, binding }: Sources,
  { kind, id, record, block, index, transaction, by, status }: IndexedRecord,
) {
  return {
    channel: chain.channel,
    ...(binding.genesis === undefined ? {} : { network: binding.genesis }),
    key: `payment/${kind}:${id}`,
    sha256: createHash('sha256').update(record).digest('hex'),
    ...{ block, index, transaction, by, status },
  }
}

function present(name: string, value: CanonicalValue | object | undefined): Record<string, unknown> {
  return value === undefined ? {} : { [name]: value }
}
