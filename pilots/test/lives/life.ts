import { createHash } from 'node:crypto'
import { CaizhengError, type Client } from '@caizheng/client-sdk'
import type { Act, CanonicalValue, Role, TransactionName } from '@caizheng/records'
import { expect } from 'chai'
import { administerAs } from '../../src/index.js'
import type { County } from '../county.js'
import { sampleDocument } from '../requests.js'

const owner = '123310030000010384'
const contractor = '91331003000002030D'
const supervision = '91331003000003033X'
const survey = '91331003000004036E'
const design = '91331003000005039Y'
const consultant = '91331003000006031D'

/** Who acts in the lives: one person of each role that they need. */
const people = {
  development: ['DEVELOPMENT_OFFICER', 'DevelopmentMSP', '11331003000000035N'],
  planning: ['PLANNING_OFFICER', 'PlanningMSP', '11331003000000051C'],
  construction: ['CONSTRUCTION_OFFICER', 'ConstructionMSP', '11331003000000043H'],
  budget: ['BUDGET_OFFICER', 'FinanceMSP', '113310030000000191'],
  reviewer: ['FINANCE_REVIEWER', 'FinanceMSP', '113310030000000191'],
  approver: ['FINANCE_APPROVER', 'FinanceMSP', '113310030000000191'],
  tax: ['TAX_ATTESTER', 'TaxMSP', '1133100300000006X4'],
  bank: ['BANK_ATTESTER', 'BankMSP', '91331003000000078U'],
  lead: ['OWNER_PROJECT_LEAD', 'PartiesMSP', owner],
  payer: ['OWNER_PAYMENT_OFFICER', 'PartiesMSP', owner],
  manager: ['CONTRACTOR_PROJECT_MANAGER', 'PartiesMSP', contractor],
  clerk: ['CONTRACTOR_CLERK', 'PartiesMSP', contractor],
  chief: ['CHIEF_SUPERVISION_ENGINEER', 'PartiesMSP', supervision],
  survey: ['SURVEY_LEAD', 'PartiesMSP', survey],
  design: ['DESIGN_LEAD', 'PartiesMSP', design],
  cost: ['COST_ENGINEER', 'PartiesMSP', consultant],
} as const satisfies Record<string, readonly [Role, string, string]>

export type Who = keyof typeof people

/** The contract of every life, in fen: a small one, so that every ceiling is near. */
export const terms = {
  estimateFen: 1_100_000n,
  priceFen: 1_000_000n,
  provisionalFen: 100_000n,
  advanceFen: 180_000n,
  progressRateBp: 8500n,
  wageRateBp: 2000n,
  itemCode: '040203006001',
  qtyMilli: 1_000_000n,
  unitPriceFen: 900n,
} as const

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const salt = '0'.repeat(32)
const numbers = { COMPANY: '6222000011112222', WAGE: '6222000033334444' } as const
export const accountDigest = (account: keyof typeof numbers): string => sha256(`${salt}:${numbers[account]}`)

/** Today in Asia/Shanghai. */
export const today = (): string => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)

/** Registers the people, and switches on what is on trial at first. */
export async function settle(county: County): Promise<(who: Who) => Promise<Client>> {
  const organisations = [
    { orgId: 'OWN', kind: 'owner', uscc: owner, ownership: 'PUBLIC' },
    { orgId: 'CTR', kind: 'contractor', uscc: contractor, ownership: 'PRIVATE', enterpriseSize: 'SMALL' },
    { orgId: 'SUP', kind: 'supervisionFirm', uscc: supervision },
  ]
  const acts: Act[] = organisations.map((one) => ({
    act: 'RegisterOrganisation',
    request: { ...one, name: one.orgId, msp: 'PartiesMSP' },
  }))
  for (const [personId, [role, msp, uscc]] of Object.entries(people)) {
    const person = { personId, role, uscc, msp, key: await county.cast.key(msp, personId), validFrom: '2023-01-01' }
    acts.push({ act: 'RegisterPerson', request: person })
  }
  const modes = { R04: 'ENFORCE', R12: 'ENFORCE' }
  acts.push({ act: 'SetSettings', request: { number: 1, effectiveDate: '2023-01-01', modes, values: {} } })
  await administerAs(county.cast, acts)
  return async (who) => (await county.cast.person(people[who][1], who)).client
}

/** Refusals that a life may meet; anything else is a fault. */
const refusals = ['RULES_BROKEN', 'STATUS_CONFLICT', 'RECORD_EXISTS', 'RECORD_NOT_FOUND', 'CALLED_DIRECTLY']

/** One project with one contract, under way: what happens to it is drawn at random. */
export class Life {
  readonly projectCode: string
  readonly contractNo: string
  readonly #number: number
  readonly #clientOf: (who: Who) => Promise<Client>
  #drawn = 0

  constructor(number: number, clientOf: (who: Who) => Promise<Client>) {
    this.#number = number
    this.#clientOf = clientOf
    this.projectCode = `2401-331003-05-01-${String(number).padStart(6, '0')}`
    this.contractNo = `L${number}`
  }

  /** A number that nothing in this life has yet: `L3-A7`. */
  next(letter: string): string {
    return `${this.contractNo}-${letter}${++this.#drawn}`
  }

  /** An invoice number of this year that nothing has yet. */
  nextInvoice(): string {
    return `${today().slice(2, 4)}${String(this.#number).padStart(6, '0')}${String(++this.#drawn).padStart(12, '0')}`
  }

  document(type: string): CanonicalValue {
    const number = this.next('D')
    return { ...sampleDocument, type, number, digests: { ...sampleDocument.digests, sha256: sha256(number) } }
  }

  /** Sends a transaction: its record, or `undefined` where it was refused for a reason that a life may meet. */
  async send(
    who: Who,
    name: TransactionName,
    request: object,
    transient?: Record<string, string>,
  ): Promise<object | undefined> {
    const client = await this.#clientOf(who)
    try {
      const options = transient === undefined ? {} : { transient }
      return (await client.transact(name, request as CanonicalValue, options)).record as object
    } catch (error) {
      if (!(error instanceof CaizhengError)) throw error
      expect(error.code, `${name}: ${error.message}`).to.be.oneOf(refusals)
      return undefined
    }
  }

  /** From 立项 to 开工. */
  async begin(): Promise<void> {
    const { projectCode, contractNo } = this
    const must = async (...call: Parameters<Life['send']>): Promise<void> => {
      expect(await this.send(...call), call[1]).not.to.equal(undefined)
    }
    const fen = { approvedEstimateFen: String(terms.estimateFen) }
    const attest = (who: Who, type: string, more: object = {}) =>
      must(who, 'RecordAttestation', {
        ...{ projectCode, type, number: this.next('N'), issuedOn: '2024-01-01', document: this.document(type) },
        ...more,
      })
    await must('development', 'CreateProject', { projectCode, name: '随机项目', ownerUscc: owner })
    await attest('development', 'FEASIBILITY_APPROVAL', { investmentEstimateFen: fen.approvedEstimateFen })
    await attest('development', 'ESTIMATE_APPROVAL', fen)
    await must('reviewer', 'SetBudgetSubItems', {
      ...{ projectCode, ...fen },
      items: [
        { subItem: 'pavement', parent: 'works', amountFen: '950000' },
        { subItem: 'reserve', parent: 'contingency', amountFen: '100000' },
        { subItem: 'survey', parent: 'other', amountFen: '50000' },
      ],
    })
    const { itemCode, qtyMilli, unitPriceFen, priceFen, provisionalFen, advanceFen } = terms
    const line = { itemCode, name: '路面', unit: 'm2', qtyMilli: String(qtyMilli), unitPriceFen: String(unitPriceFen) }
    await must('lead', 'RegisterContract', {
      ...{ contractNo, projectCode, kind: 'WORKS', ownerUscc: owner, contractorUscc: contractor },
      ...{ supervisionFirmUscc: supervision, signedOn: '2024-01-01', priceFen: String(priceFen) },
      ...{ provisionalFen: String(provisionalFen), provisionalSubItem: 'reserve', advanceFen: String(advanceFen) },
      ...{ progressRateBp: 8500, wageRateBp: 2000, retentionRateBp: 300, retentionMode: 'CASH', payDays: 30 },
      ...{ plannedDays: 100, liabilityMonths: 24, auditResultIsSettlementBasis: false },
      boq: [{ ...line, amountFen: String(priceFen - provisionalFen), subItem: 'pavement' }],
      document: this.document('CONTRACT'),
    })
    await must('manager', 'CountersignContract', { contractNo })
    await attest('planning', 'PLANNING_PERMIT')
    await attest('construction', 'CONSTRUCTION_PERMIT', { contractNo })
    await must('lead', 'StartWorks', { contractNo, startedOn: '2024-01-01' })
    for (const account of ['COMPANY', 'WAGE'] as const) {
      const request = { contractNo, account, holderUscc: contractor, accountDigest: accountDigest(account) }
      await must('manager', 'RegisterAccount', request, { account: numbers[account], salt })
    }
  }
}

export const parties = { owner, contractor, survey, design }
