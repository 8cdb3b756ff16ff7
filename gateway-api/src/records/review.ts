import { createHash } from 'node:crypto'
import { qrRows } from '@caizheng/client-sdk'
import {
  applications,
  contracts,
  contractTotals,
  measures,
  organisations,
  projects,
  quotas,
  specialApprovals,
  type CanonicalValue,
  type RecordType,
} from '@caizheng/records'
import type { Services } from '../http/services.js'
import type { IndexedRecord } from './record-index.js'

type Sources = Pick<Services, 'chain' | 'records' | 'index' | 'binding'>

/**
 * All that the review sheet of a payment application shows: why it was held or let pass, as a node explains it, and the
 * records around it, as the index has them.
 *
 * @param found the application in the index
 * @throws {CaizhengError} where no node explains it
 */
export async function reviewOf(sources: Sources, found: IndexedRecord): Promise<Record<string, unknown>> {
  const { chain, records, index, binding } = sources
  const of: Find = (type, ...id) => {
    const record = records.find(type.kind, id.join(':'))?.record
    return record === undefined ? undefined : type.parse(record)
  }
  const application = applications.parse(found.record)
  const { applicationNo, contractNo, projectCode, periodNo, lines, specialApproval } = application
  const contract = of(contracts, contractNo)
  const totals = of(contractTotals, contractNo)
  const parties = [contract?.ownerUscc, contract?.contractorUscc, contract?.supervisionFirmUscc]
  const names = parties.flatMap((uscc) => {
    const name = uscc === undefined ? undefined : of(organisations, uscc)?.name
    return name === undefined ? [] : [[uscc, name]]
  })
  const explanation = await chain.explain(applicationNo)
  const quotaNos = [...new Set(lines.map(({ budgetQuotaNo }) => budgetQuotaNo))]
  const place = placeOf(sources, found)
  return {
    application,
    explanation,
    ...present('project', of(projects, projectCode)),
    ...present('contract', contract),
    ...present('totals', totals),
    ...present('measure', periodNo === undefined ? undefined : of(measures, contractNo, String(periodNo))),
    ...present('special', specialApproval === undefined ? undefined : of(specialApprovals, specialApproval)),
    quotas: quotaNos.flatMap((no) => of(quotas, no) ?? []),
    organisations: Object.fromEntries(names),
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
