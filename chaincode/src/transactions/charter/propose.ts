import { canonicalize, momentOf, proposalPreimage, proposalRequest, proposals } from '@caizheng/records'
import type { Act, ActName, Proposal, ProposalRequest } from '@caizheng/records'
import type { CallContext } from '../../contracts/call-context.js'
import { readDigest } from '../../guards/input.js'
import { State } from '../../business/state.js'
import type { Answer, Call, TransactionType } from '../../business/transaction.js'
import { sha256 } from '../../identity/submitter.js'
import { actTypes } from './acts.js'
import { carryOut, consentTo, lapsed } from './consents.js'

const LIFE_MS = 30 * 24 * 3_600_000

/**
 * Proposes acts that count only with the consent of every node organisation. Who proposes consents; who proposes the same
 * consents too. What would be refused at the last consent is refused here already, as things stand.
 */
export const propose: TransactionType<ProposalRequest> = {
  name: 'Propose',
  request: proposalRequest,
  authority: [{ role: 'CONSORTIUM_ADMIN' }],
  run: (call) => proposeActs(call, call.request.acts),
}

/** A transaction that proposes one act, under the act's own name. */
export function proposing(name: ActName): TransactionType<{ readonly at?: string | undefined }> {
  return {
    name,
    request: actTypes[name].request,
    authority: [{ role: 'CONSORTIUM_ADMIN' }],
    run: (call) => proposeActs(call, [{ act: name, request: call.request }]),
  }
}

async function proposeActs(call: Call<object>, acts: readonly Act[]): Promise<Answer> {
  const { state, network, moment, tx, context } = call
  const { time } = moment
  const id = sha256(proposalPreimage(network, acts))
  const known = await state.find(proposals, id)
  if (known !== undefined && !lapsed(known, time)) return consentTo(call, known)
  await carryOut(call, acts, new State(context.stub, { trial: true }))
  const until = new Date(momentOf(time) + LIFE_MS).toISOString()
  const record = { kind: 'proposal', version: 1, id, acts, status: 'PROPOSED', consents: [], until, time, tx }
  return consentTo(call, record as unknown as Proposal)
}

/** What was proposed, for those who are asked to consent to it. @throws {Refusal} `RECORD_NOT_FOUND` */
export async function getProposal({ stub }: CallContext, id: string): Promise<string> {
  return canonicalize(await new State(stub).load(proposals, readDigest('id', id)))
}
