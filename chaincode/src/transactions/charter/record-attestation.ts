import {
  attestationRequest,
  attestations,
  attestationTypes,
  programmeOf,
  programmes,
  projects,
  type Attestation,
  type AttestationRequest,
  type Project,
} from '@caizheng/records'
import { anchor } from '../../business/anchor.js'
import type { Call, TransactionType } from '../../business/transaction.js'
import { malformed } from '../../guards/input.js'
import { R14, R14Kind } from '../../rules/r14-gates.js'
import { R15 } from '../../rules/r15-estimate-overrun.js'
import { R16 } from '../../rules/r16-estimate-increase.js'

/**
 * A department's statement: its approval or permit, entered once. An approval of the estimate sets the project's ceiling; too
 * far over the feasibility's estimate, the project waits for the development bureau to attest again (R15).
 *
 * @throws {Refusal} `RULES_BROKEN`: R14, R16
 */
export const recordAttestation: TransactionType<AttestationRequest> = {
  name: 'RecordAttestation',
  request: attestationRequest,
  authority: Object.entries(attestationTypes).map(([type, role]) => ({ role, when: { type } })),
  place: ({ projectCode }) => Promise.resolve({ project: projectCode }),
  async run(call) {
    const { request, actor, state, moment, judgement, tx, context } = call
    const { document, ...statement } = request
    requireOwnFigures(request)
    const project = await state.load(projects, request.projectCode)
    judge(call, project)
    judgement.refuse()
    const record: Attestation = {
      kind: 'attestation',
      version: 1,
      ...statement,
      issuerMsp: actor.msp,
      anchor: await anchor(context, request.projectCode, actor.uscc, document),
      time: moment.time,
      tx,
    }
    const id = [request.projectCode, request.type, request.number]
    if (await state.create(attestations, id, record)) {
      await state.save(projects, [request.projectCode], {
        ...attested(project, request, judgement.held),
        time: moment.time,
        tx,
      })
    }
    return { record: await state.load(attestations, ...id) }
  },
}

const needs: Readonly<Record<AttestationRequest['type'], readonly string[]>> = {
  FEASIBILITY_APPROVAL: ['CREATED'],
  ESTIMATE_APPROVAL: ['FEASIBILITY_APPROVAL'],
  ESTIMATE_ADJUSTMENT: ['ESTIMATE_APPROVAL'],
  PROCUREMENT_PLAN: ['CREATED'],
  SUBSIDY_PROGRAMME: ['CREATED'],
  PLANNING_PERMIT: ['CREATED'],
  CONSTRUCTION_PERMIT: ['CONTRACT'],
}

/** The figures that only some statements may make: a permit must not raise an estimate. */
const figures = {
  investmentEstimateFen: ['FEASIBILITY_APPROVAL'],
  combinedWith: ['FEASIBILITY_APPROVAL'],
  approvedEstimateFen: ['ESTIMATE_APPROVAL', 'ESTIMATE_ADJUSTMENT', 'PROCUREMENT_PLAN', 'SUBSIDY_PROGRAMME'],
  fundSource: ['ESTIMATE_APPROVAL', 'ESTIMATE_ADJUSTMENT', 'PROCUREMENT_PLAN', 'SUBSIDY_PROGRAMME'],
  auditReportDigest: ['ESTIMATE_APPROVAL', 'ESTIMATE_ADJUSTMENT'],
} as const satisfies Partial<Record<keyof AttestationRequest, readonly AttestationRequest['type'][]>>

/** @throws {Refusal} `ARGUMENT_MALFORMED` */
function requireOwnFigures(request: Omit<AttestationRequest, 'at'>): void {
  const issues = Object.entries(figures)
    .filter(([name, types]) => name in request && !(types as readonly string[]).includes(request.type))
    .map(([name, types]) => ({ at: `/${name}`, problem: `is of ${types.join(' or ')} only` }))
  if (issues.length > 0) throw malformed('request', issues)
}

function judge({ request, judgement }: Call<AttestationRequest>, project: Project): void {
  const { type, issuedOn, approvedEstimateFen, fundSource, auditReportDigest } = request
  judgement.apply(R14, { step: type, on: issuedOn, gates: project.gates, needs: needs[type] })
  const { opens } = programmeOf(project)
  const approvals = Object.values(programmes).flatMap((one) => one.opens)
  if (approvals.includes(type)) judgement.apply(R14Kind, { kind: type, kinds: opens })
  if (approvedEstimateFen === undefined) return
  const estimate = request.investmentEstimateFen ?? project.investmentEstimateFen
  if (estimate !== undefined && project.reapproval === undefined) {
    judgement.apply(R15, {
      investmentEstimateFen: BigInt(estimate),
      approvedEstimateFen: BigInt(approvedEstimateFen),
    })
  }
  const second = project.approvedEstimateFen !== undefined && project.reapproval === undefined
  if (type === 'ESTIMATE_ADJUSTMENT' || second) {
    judgement.apply(R16, {
      beforeFen: BigInt(project.approvedEstimateFen ?? '0'),
      afterFen: BigInt(approvedEstimateFen),
      fundSource,
      auditReportDigest,
    })
  }
}

/** The project after the statement. The development bureau's second word on a high estimate ends the wait. */
function attested(project: Project, request: AttestationRequest, tooHigh: boolean): Project {
  const rest = Object.fromEntries(Object.entries(project).filter(([name]) => name !== 'reapproval')) as Project
  const { type, issuedOn, investmentEstimateFen, approvedEstimateFen, combinedWith } = request
  return {
    ...rest,
    stage: project.stage === '立项' && type === programmeOf(project).opens[0] ? '审批' : project.stage,
    gates: { ...project.gates, [type]: issuedOn, ...(combinedWith === undefined ? {} : { [combinedWith]: issuedOn }) },
    ...(investmentEstimateFen === undefined ? {} : { investmentEstimateFen }),
    ...(approvedEstimateFen === undefined ? {} : { approvedEstimateFen }),
    // Only another word on the estimate ends the wait.
    ...(tooHigh || (project.reapproval === true && approvedEstimateFen === undefined) ? { reapproval: true } : {}),
  }
}
