import {
  applications,
  contracts,
  explainRules,
  judgements,
  organisations,
  persons,
  sameVerdict,
  specialApprovals,
  voucherNumber,
  vouchers,
  type Application,
  type Contract,
  type Explained,
  type Explanation,
  type Basis,
  type RuleId,
  type Verdict,
  type Voucher,
} from '@caizheng/records'
import { replay } from './replay.js'
import { settingsOf } from './settings.js'
import type { State } from './state.js'

/**
 * Why an application was held or let pass, and how it went on: its verdicts in words, judged again from the facts kept beside
 * it with the settings and the rules of its day, and the moment of each step.
 *
 * @throws {Refusal} `RECORD_NOT_FOUND`
 */
export async function explainApplication(state: State, applicationNo: string): Promise<Explanation> {
  const application = await state.load(applications, applicationNo)
  const { projectCode, contractNo, applicationKind, status, specialApproval, supersedes, dueOn } = application
  const contract = await state.load(contracts, contractNo)
  const basis = await state.load(judgements, applicationNo)
  return {
    kind: 'explanation',
    version: 1,
    ...{ applicationNo, projectCode, contractNo, applicationKind, status },
    ...(await explainBasis(state, basis, application.verdicts, await partiesOf(state, contract))),
    ...(specialApproval === undefined ? {} : { specialApproval }),
    ...(supersedes === undefined ? {} : { supersedes }),
    ...(dueOn === undefined ? {} : { dueOn }),
    steps: await stepsOf(state, application),
    vouchers: await vouchersOf(state, application),
  }
}

/**
 * Verdicts in words, each beside what judging the kept facts again gives.
 *
 * @param verdicts those that were stored; where only some outcomes were, only these are compared
 */
export async function explainBasis(
  state: State,
  basis: Basis,
  verdicts: readonly Verdict[],
  parties: Explained['parties'],
  stored: (outcome: Verdict['outcome']) => boolean = () => true,
): Promise<Pick<Explanation, 'settings' | 'release' | 'day' | 'replayed' | 'rules'>> {
  const settings = await settingsOf(state, basis.settings)
  const { day, release } = basis
  const again = replay(basis, settings)?.filter(({ outcome }) => stored(outcome))
  const replayed =
    again?.length === verdicts.length && verdicts.every((verdict, index) => sameVerdict(verdict, again[index]))
  const asked = basis.judged.map(({ rule }) => rule.slice(0, 3) as RuleId)
  return {
    settings: { number: settings.number, effectiveDate: settings.effectiveDate },
    ...{ release, day, replayed },
    rules: explainRules({ settings, day, verdicts, replayed: again, asked, parties }),
  }
}

/** The parties of a contract with the names of their organisations. */
export async function partiesOf(state: State, contract: Contract): Promise<Explained['parties']> {
  const { ownerUscc: owner, contractorUscc: contractor, supervisionFirmUscc: supervision } = contract
  const parties: Record<string, { uscc: string; name?: string }> = {}
  for (const [party, uscc] of Object.entries({ owner, contractor, supervision })) {
    if (uscc !== undefined) parties[party] = { uscc, ...(await nameOf(state, uscc)) }
  }
  return parties
}

async function nameOf(state: State, uscc: string): Promise<{ name?: string }> {
  const organisation = await state.find(organisations, uscc)
  return organisation === undefined ? {} : { name: organisation.name }
}

async function stepsOf(state: State, application: Application): Promise<Explanation['steps']> {
  const { submittedBy, ownerApprovedBy, financeApprovedBy, specialApproval, steps } = application
  const confirmedBy =
    specialApproval === undefined ? undefined : (await state.load(specialApprovals, specialApproval)).confirmedBy
  const first = steps[0]?.at ?? application.time
  const all = [{ status: 'SUBMITTED' as const, at: first }, ...steps]
  const told: Explanation['steps'] = []
  for (const [index, { status, at }] of all.entries()) {
    const before = all[index - 1]?.at ?? at
    // PAYABLE after HELD is the special approval's doing, and what a bank's word changes is the bank's.
    const key =
      status === 'SUBMITTED'
        ? submittedBy
        : status === 'PAYABLE' && index > 1
          ? confirmedBy
          : status === 'OWNER_APPROVED'
            ? ownerApprovedBy
            : status === 'APPROVED' && all[index - 1]?.status === 'OWNER_APPROVED'
              ? financeApprovedBy
              : undefined
    const by = key === undefined ? {} : { by: await personOf(state, key) }
    told.push({ step: status, at, after: Date.parse(at) - Date.parse(before), ...by })
  }
  return told
}

async function personOf(state: State, key: string): Promise<NonNullable<Explanation['steps'][number]['by']>> {
  const { role, uscc } = await state.load(persons, key)
  return { key, role, uscc, ...(await nameOf(state, uscc)) }
}

/** The vouchers of its lines, and after each those that took the place of one. */
async function vouchersOf(state: State, application: Application): Promise<Explanation['vouchers']> {
  const { contractNo, lines, firstVoucher } = application
  const told: Explanation['vouchers'] = []
  if (firstVoucher === undefined) return told
  for (const offset of lines.keys()) {
    let next: string | undefined = voucherNumber(contractNo, firstVoucher + offset)
    while (next !== undefined) {
      const voucher: Voucher = await state.load(vouchers, next)
      const { voucherNo, lineNo, amountFen, status, issuedAt, receiptAt, receiptNo, paidOn, replacedBy } = voucher
      told.push({
        ...{ voucherNo, lineNo, amountFen, status, issuedAt },
        ...(receiptAt === undefined ? {} : { receiptAt }),
        ...(receiptNo === undefined ? {} : { receiptNo }),
        ...(paidOn === undefined ? {} : { paidOn }),
        ...(replacedBy === undefined ? {} : { replacedBy }),
      })
      next = replacedBy
    }
  }
  return told
}
