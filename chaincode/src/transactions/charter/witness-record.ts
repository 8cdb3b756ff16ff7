import {
  canonicalBytes,
  contracts,
  projects,
  settlements,
  witnesses,
  witnessRequest,
  type Witness,
  type WitnessRequest,
} from '@caizheng/records'
import type { State } from '../../business/state.js'
import { requireProject } from '../../business/status.js'
import type { TransactionType } from '../../business/transaction.js'
import { sha256 } from '../../identity/submitter.js'
import { Refusal } from '../../refusals/refusal.js'

/**
 * 旁证: audit's people saw the records of a subject as they lay on the chain. It approves nothing: it changes no status, waits
 * for nothing, and nothing waits for it (R44, 审计法 art. 14).
 *
 * @throws {Refusal} `RECORD_NOT_FOUND` where there is nothing of the subject yet
 */
export const witnessRecord: TransactionType<WitnessRequest> = {
  name: 'WitnessRecord',
  request: witnessRequest,
  authority: [{ role: 'AUDIT_WITNESS' }],
  afterClosing: true,
  place: ({ projectCode }) => Promise.resolve({ project: projectCode }),
  async run({ request, actor: { key, role, uscc }, state, moment: { time }, tx }) {
    const records = (await witnessed(state, request)).map(([at, record]) => ({
      key: at,
      digest: sha256(canonicalBytes(record)),
    }))
    if (records.length === 0)
      throw new Refusal('RECORD_NOT_FOUND', { kind: request.subject, id: [request.projectCode] })
    const by = { key, role, uscc, time }
    const record: Witness = { kind: 'witness', version: 1, ...request, records, by, time, tx }
    await state.create(witnesses, [request.projectCode, tx], record)
    return { record }
  },
}

/** The subject's records, by state key. */
async function witnessed(
  state: State,
  { projectCode, subject, contractNo }: Omit<WitnessRequest, 'at'>,
): Promise<(readonly [string, object])[]> {
  const project = await state.load(projects, projectCode)
  const found: (readonly [string, object])[] = []
  for (const no of contractNo === undefined ? (project.contracts ?? []) : [contractNo]) {
    const contract = await state.load(contracts, no)
    requireProject(contract, projectCode)
    if (subject === 'CONTRACT') found.push([contracts.key(no), contract])
    const settlement = subject === 'SETTLEMENT' ? await state.find(settlements, no) : undefined
    if (settlement !== undefined) found.push([settlements.key(no), settlement])
  }
  return found
}
