import {
  canonicalize,
  isTransactionName,
  transactionPlaces,
  type DocumentReference,
  type RuledResult,
} from '@caizheng/records'
import type { CallContext } from '../contracts/call-context.js'
import { readJson } from '../guards/input.js'
import { submitterOf } from '../identity/submitter.js'
import { loadNetwork } from '../state/network.js'
import { actorOf } from './actor.js'
import { authorise } from './authority.js'
import { judgeDocument } from './judge-document.js'
import { Judgement } from './judgement.js'
import { mirror, MIRROR_SOURCE } from './mirror.js'
import { momentOfEvent } from './moment.js'
import { noteExceptions } from './note-exceptions.js'
import { requireOpen } from './project-open.js'
import { settingsOn } from './settings.js'
import { State } from './state.js'
import type { TransactionType } from './transaction.js'

/**
 * Runs a transaction: reads its request, finds out who sends it and when it happened, asks the authorisation matrix, and has
 * the transaction itself judge and write.
 *
 * @returns canonical JSON of a `RuledResult`
 */
export async function run<Request extends { readonly at?: string | undefined }>(
  context: CallContext,
  type: TransactionType<Request>,
  argument: string,
): Promise<string> {
  const { at, ...request } = readJson('request', argument, (value) => type.request.parse(value))
  const state = new State(context.stub)
  const now = context.stub.getDateTimestamp().toISOString()
  const { genesis: network } = await loadNetwork(context.stub)
  const actor = await actorOf(state, submitterOf(context.clientIdentity), now)
  const place = (await type.place?.(request as Request, state)) ?? {}
  const moment = await momentOfEvent(state, at, now, place.project)
  const settings = await settingsOn(state, moment.day)
  const judgement = new Judgement(settings, moment.day)
  authorise(type, actor, place, request, judgement)
  if (type.afterClosing !== true) await requireOpen(state, place.project)
  const { document } = request as { readonly document?: DocumentReference }
  if (document !== undefined && place.project !== undefined) {
    await judgeDocument(state, judgement, place.project, actor.uscc, document)
  }
  const tx = context.stub.getTxID()
  const answer = await type.run({ request, actor, moment, state, settings, judgement, tx, network, context })
  // Whatever was judged after the transaction's own last look.
  judgement.refuse()
  await noteExceptions({
    ...{ project: place.project, transaction: type.name, always: type.exception, answer },
    ...{ state, judgement, moment, actor, tx },
  })
  // What `charter` asks `payment` to do in its own transaction is there already.
  if (isTransactionName(type.name) && transactionPlaces[type.name].chaincode === MIRROR_SOURCE) {
    await mirror(context, state)
  }
  const result: RuledResult = {
    status: answer.status ?? 'COMMITTED',
    verdicts: [...judgement.verdicts],
    shadow: [...judgement.shadow],
    record: answer.record,
  }
  return canonicalize(result)
}
