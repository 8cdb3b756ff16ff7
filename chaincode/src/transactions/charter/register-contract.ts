import {
  canonicalBytes,
  contractRequest,
  contracts,
  organisations,
  programmeOf,
  projects,
  tenders,
  type Contract,
  type ContractRequest,
  type Organisation,
  type Project,
} from '@caizheng/records'
import { anchor } from '../../business/anchor.js'
import { callChaincode } from '../../business/call-chaincode.js'
import { MIRROR_CHAINCODE } from '../../business/mirror.js'
import { ofProject } from '../../business/of-contract.js'
import type { Call, TransactionType } from '../../business/transaction.js'
import { gatesBeforeCompletion } from '../../business/works.js'
import { sha256 } from '../../identity/submitter.js'
import { Refusal } from '../../refusals/refusal.js'
import { R03Contract } from '../../rules/r03-progress-rate.js'
import { R04Contract } from '../../rules/r04-advance.js'
import { R14, R14Kind } from '../../rules/r14-gates.js'
import { R26Bill } from '../../rules/r26-bill.js'
import { R33Signing } from '../../rules/r33-tender.js'
import { R32Contract } from '../../rules/r32-retention-release.js'
import { R44 } from '../../rules/r44-audit-clause.js'
import type { Committed } from '../payment/commit-contract.js'

/**
 * Registers a contract's terms and its bill of quantities. The budget lies in `payment`, which judges there whether the
 * contract fits (R01), opens the contract's running totals and keeps its bill, in this same transaction.
 *
 * @throws {Refusal} `RULES_BROKEN`: R01, R03, R04, R14, R26, R33, R44, every broken one
 */
export const registerContract: TransactionType<ContractRequest> = {
  name: 'RegisterContract',
  request: contractRequest,
  authority: [{ role: 'OWNER_PROJECT_LEAD', of: 'owner' }],
  place: ofProject,
  async run(call) {
    const {
      request,
      actor,
      state,
      moment: { time },
      judgement,
      tx,
      context,
    } = call
    const { document, boq, kind: contractKind, ...terms } = request
    const { contractNo, projectCode } = terms
    if ((await state.find(contracts, contractNo)) !== undefined) {
      throw new Refusal('RECORD_EXISTS', { kind: 'contract', id: [contractNo] })
    }
    const project = await state.load(projects, projectCode)
    if (terms.ownerUscc !== project.ownerUscc) {
      throw new Refusal('STATUS_CONFLICT', { ownerUscc: terms.ownerUscc, project: project.ownerUscc })
    }
    await judge(call, project)
    const commitment = { contract: { contractNo, projectCode, ...sums(terms) }, boq, time }
    const answer = await callChaincode(context, MIRROR_CHAINCODE, 'MirrorContract:CommitContract', commitment)
    judgement.add('R01', (JSON.parse(answer) as Committed).findings).refuse()

    const record: Contract = {
      kind: 'contract',
      version: 1,
      ...terms,
      contractKind,
      status: 'REGISTERED',
      registeredBy: actor.key,
      billLines: boq.length,
      billDigest: sha256(canonicalBytes(boq)),
      anchor: await anchor(context, projectCode, actor.uscc, document),
      time,
      tx,
    }
    await state.create(contracts, [contractNo], record)
    const gates = { ...gatesBeforeCompletion(project), CONTRACT: terms.signedOn }
    const contractNos = [...(project.contracts ?? []), contractNo]
    await state.save(projects, [projectCode], { ...project, gates, contracts: contractNos, time, tx })
    return { record }
  },
}

function sums({
  priceFen,
  provisionalFen,
  provisionalSubItem,
}: Pick<ContractRequest, 'priceFen' | 'provisionalFen' | 'provisionalSubItem'>) {
  return { priceFen, provisionalFen, provisionalSubItem }
}

async function judge({ request, state, judgement }: Call<ContractRequest>, project: Project): Promise<void> {
  const { kind, priceFen, provisionalFen, advanceFen, progressRateBp, signedOn, tenderNo, boq } = request
  const [owner, contractor, tender] = await Promise.all([
    state.load(organisations, request.ownerUscc),
    state.load(organisations, request.contractorUscc),
    tenderNo === undefined ? undefined : state.load(tenders, request.projectCode, tenderNo),
  ])
  const { construction, opens, contracts: kinds } = programmeOf(project)
  const needs = [...opens, ...(tenderNo === undefined ? [] : ['AWARD'])]
  judgement.apply(R14, { step: 'CONTRACT', on: signedOn, gates: project.gates, needs }).apply(R14Kind, { kind, kinds })
  if (project.reapproval === true) {
    judgement.add('R15', [
      { outcome: 'REJECT', case: 'REAPPROVAL', expected: 'the estimate attested again', actual: 'not yet' },
    ])
  }
  const price = { priceFen: BigInt(priceFen), provisionalFen: BigInt(provisionalFen) }
  if (construction && owner.ownership !== 'PRIVATE') judgement.apply(R03Contract, { progressRateBp })
  if (construction) judgement.apply(R04Contract, { ...price, advanceFen: BigInt(advanceFen) })
  judgement
    .apply(R26Bill, { ...price, lines: boq })
    .apply(R32Contract, { liabilityMonths: request.liabilityMonths })
    .apply(R44, { payee: payeeOf(contractor), auditResultIsSettlementBasis: request.auditResultIsSettlementBasis })
  // Nobody tenders for a subsidy.
  if (kind === 'SUBSIDY') return
  judgement.apply(R33Signing, {
    category: kind,
    priceFen: price.priceFen,
    signedOn,
    contractorUscc: request.contractorUscc,
    award: awardOf(tender?.award),
  })
}

function awardOf(award: { awardDate: string; winningPriceFen: string; winnerUscc: string } | undefined) {
  return award === undefined ? undefined : { ...award, winningPriceFen: BigInt(award.winningPriceFen) }
}

const payeeOf = ({ ownership, enterpriseSize }: Pick<Organisation, 'ownership' | 'enterpriseSize'>) => ({
  ownership,
  enterpriseSize,
})
