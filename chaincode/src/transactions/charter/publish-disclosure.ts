import {
  canonicalBytes,
  disclosureRequest,
  disclosures,
  projects,
  publishedGate,
  settingOf,
  type Disclosure,
  type DisclosureRequest,
} from '@caizheng/records'
import { publicRecords } from '../../business/public-records.js'
import type { TransactionType } from '../../business/transaction.js'
import { sha256 } from '../../identity/submitter.js'
import { Refusal } from '../../refusals/refusal.js'
import { addDays } from '../../rules/days.js'
import { R14 } from '../../rules/r14-gates.js'
import { R42Disclosure } from '../../rules/r42-disclosure.js'

/**
 * 公开: what was published of a project, when, and its digest. Where the request says what the page says, each field must be on
 * the list of public fields and be as the chain has it (R42). Late is an alert, not a refusal: late is better than never.
 *
 * @throws {Refusal} `RULES_BROKEN` R14, R42; `RECORD_EXISTS` where another publication of the subject is there
 */
export const publishDisclosure: TransactionType<DisclosureRequest> = {
  name: 'PublishDisclosure',
  request: disclosureRequest,
  authority: [{ role: 'FINANCE_REVIEWER' }],
  afterClosing: true,
  place: ({ projectCode }) => Promise.resolve({ project: projectCode }),
  async run({ request, actor, state, moment: { time, day }, settings, judgement, tx }) {
    const { projectCode, subject, approvedOn, publishedOn, publicViewDigest, view } = request
    const project = await state.load(projects, projectCode)
    const { gates } = project
    judgement
      .apply(R14, { step: publishedGate(subject), on: publishedOn, gates, needs: [subject] })
      .apply(R42Disclosure, {
        ...{ gateDay: gates[subject], approvedOn, publishedOn, today: day, view },
        hasDeadline: subject !== 'EVALUATION',
        records: view === undefined ? {} : await publicRecords(state, project),
        viewDigest: view === undefined ? undefined : sha256(canonicalBytes(view)),
        statedDigest: publicViewDigest,
      })
      .refuse()
    const existing = await state.find(disclosures, projectCode, subject)
    if (existing !== undefined && existing.publicViewDigest !== publicViewDigest) {
      throw new Refusal('RECORD_EXISTS', { kind: 'disclosure', id: [projectCode, subject] })
    }
    if (existing !== undefined) return { record: existing }
    const record: Disclosure = {
      kind: 'disclosure',
      version: 1,
      ...request,
      publicFields: settingOf(settings, 'R42', 'publicFields') as string[],
      dueOn: addDays(approvedOn, settingOf(settings, 'R42', 'publishDays') as number),
      publishedBy: actor.key,
      time,
      tx,
    }
    await state.create(disclosures, [projectCode, subject], record)
    const passed = { ...gates, [publishedGate(subject)]: publishedOn }
    await state.save(projects, [projectCode], { ...project, gates: passed, time, tx })
    return { record }
  },
}
