import {
  applications,
  applicationStatuses,
  contracts,
  contractStatuses,
  contractTotals,
  invoices,
  measures,
  organisations,
  projects,
  quotas,
  specialApprovals,
  stages,
  vouchers,
  type Application,
  type Contract,
  type Invoice,
  type Project,
  type RecordType,
  type Voucher,
} from '@caizheng/records'

/** By what a record is found. What there is none of is left out. */
export interface Description {
  readonly project?: string
  readonly contract?: string
  readonly status?: string
  /** A calendar day in Asia/Shanghai: what `from` and `to` ask for. It stays what it was when the record was first written. */
  readonly day?: string
  /** Social credit codes of those whose record it is; of applications and vouchers those of their contract are added. */
  readonly parties?: readonly string[]
}

/** A kind of business records in the index. */
export interface IndexedKind {
  readonly kind: string
  /** The chaincode whose word counts; copies elsewhere are passed over. */
  readonly namespace: 'charter' | 'payment'
  readonly parse: (bytes: Uint8Array) => unknown
  readonly describe: (record: never) => Description
}

/** A kind that the API lists. */
export interface ListedKind extends IndexedKind {
  /** Where in the API. */
  readonly path: string
  /** In the words of the description. */
  readonly what: string
  readonly statuses: readonly string[]
  /** What its day is. */
  readonly dayOf: string
  /** Whether it belongs to one contract, so that it can be looked for by that. */
  readonly ofContract: boolean
}

function indexed<T>(
  type: RecordType<T>,
  namespace: IndexedKind['namespace'],
  describe: (record: T) => Description = () => ({}),
): IndexedKind {
  return { kind: type.kind, namespace, parse: (bytes) => type.parse(bytes), describe }
}

/** Every status once: a new one that is missing here does not compile. */
const namesOf = <Status extends string>(statuses: Readonly<Record<Status, true>>) => Object.keys(statuses)

const SHANGHAI_OFFSET_MS = 8 * 3_600_000
const dayOf = (time: string): string => new Date(Date.parse(time) + SHANGHAI_OFFSET_MS).toISOString().slice(0, 10)

/** What the API lists, by the name of its list. */
export const listedKinds: readonly ListedKind[] = [
  {
    ...indexed(applications, 'payment', ({ projectCode, contractNo, status, steps, time }: Application) => ({
      ...{ project: projectCode, contract: contractNo, status, day: dayOf(steps[0]?.at ?? time) },
    })),
    path: 'applications',
    what: 'payment applications',
    statuses: applicationStatuses,
    dayOf: 'it was submitted',
    ofContract: true,
  },
  {
    ...indexed(vouchers, 'payment', ({ projectCode, contractNo, status, issuedAt }: Voucher) => ({
      ...{ project: projectCode, contract: contractNo, status, day: dayOf(issuedAt) },
    })),
    path: 'vouchers',
    what: 'payment vouchers',
    statuses: namesOf<Voucher['status']>({ ISSUED: true, WITHHELD: true, PAID: true, RETURNED: true, REVERSED: true }),
    dayOf: 'it was issued',
    ofContract: true,
  },
  {
    ...indexed(contracts, 'charter', (contract: Contract) => ({
      ...{
        project: contract.projectCode,
        contract: contract.contractNo,
        status: contract.status,
        day: contract.signedOn,
      },
      parties: [
        contract.ownerUscc,
        contract.contractorUscc,
        ...(contract.jointUsccs ?? []),
        ...(contract.supervisionFirmUscc === undefined ? [] : [contract.supervisionFirmUscc]),
      ],
    })),
    path: 'contracts',
    what: 'contracts',
    statuses: contractStatuses,
    dayOf: 'it was signed',
    ofContract: true,
  },
  {
    ...indexed(projects, 'charter', ({ projectCode, stage, ownerUscc, time }: Project) => ({
      ...{ project: projectCode, status: stage, day: dayOf(time), parties: [ownerUscc] },
    })),
    path: 'projects',
    what: 'projects',
    statuses: stages,
    dayOf: 'it was created',
    ofContract: false,
  },
  {
    ...indexed(invoices, 'payment', (invoice: Invoice) => ({
      ...{ project: invoice.projectCode, contract: invoice.contractNo, day: invoice.issueDate },
      ...{ status: invoice.attestation?.status ?? 'UNATTESTED', parties: [invoice.sellerUscc, invoice.buyerUscc] },
    })),
    path: 'invoices',
    what: 'invoices',
    statuses: namesOf<NonNullable<Invoice['attestation']>['status'] | 'UNATTESTED'>({
      ...{ UNATTESTED: true, NORMAL: true, RED_LETTER: true, VOIDED: true, NOT_FOUND: true },
    }),
    dayOf: 'it was made out',
    ofContract: true,
  },
]

/** What else is kept, for the pages. */
const beside: readonly IndexedKind[] = [
  indexed(organisations, 'charter'),
  indexed(contractTotals, 'payment'),
  indexed(measures, 'payment'),
  indexed(quotas, 'payment'),
  indexed(specialApprovals, 'payment'),
]

const byKind = new Map([...listedKinds, ...beside].map((one) => [one.kind, one]))

/** The kind of a state key, where the index keeps it from this chaincode. */
export function kindOfKey(namespace: string, key: string): IndexedKind | undefined {
  const found = byKind.get(key.slice(0, Math.max(0, key.indexOf(':'))))
  return found?.namespace === namespace ? found : undefined
}
