import {
  canonicalize,
  exceptionId,
  exceptions,
  type Exception,
  type ExceptionType,
  type Person,
  type RuleId,
  type Verdict,
} from '@caizheng/records'
import type { Judgement } from './judgement.js'
import type { Moment } from './moment.js'
import type { State } from './state.js'
import type { Answer } from './transaction.js'

/** Longer facts are not kept with an entry: `charter` hands it over to `payment` as one argument. */
const LONGEST_BASIS = 4_096

/** What an entry is made from. */
export interface Noted {
  readonly project: string | undefined
  readonly transaction: string
  readonly always: ExceptionType | undefined
  readonly answer: Answer
  readonly state: State
  readonly judgement: Judgement
  readonly moment: Moment
  readonly actor: Person
  readonly tx: string
}

/**
 * Puts a committed transaction on its project's list of exceptions where it belongs there: by its nature, because it holds an
 * application, or because a rule marked or alerted.
 */
export async function noteExceptions(noted: Noted): Promise<void> {
  const { judgement, answer, always } = noted
  const broken = judgement.verdicts.filter(({ outcome }) => outcome !== 'PASS')
  const of = (...outcomes: readonly Verdict['outcome'][]): Verdict[] =>
    broken.filter(({ outcome }) => outcomes.includes(outcome))
  if (always !== undefined) await note(noted, always, [])
  if (answer.status === 'HELD') await note(noted, 'HELD', of('HOLD'))
  const alerts = of('ALERT')
  if (alerts.length > 0) await note(noted, 'ALERT', alerts)
  // What is held or refused on trial only is a mark too.
  const marks = answer.status === 'HELD' ? of('FLAG', 'WARN', 'REJECT') : of('FLAG', 'WARN', 'HOLD', 'REJECT')
  if (marks.length > 0) await note(noted, 'FLAG', marks)
}

async function note(noted: Noted, type: ExceptionType, verdicts: readonly Verdict[]): Promise<void> {
  const { answer, state, judgement, moment, actor, tx, transaction } = noted
  const { projectCode: own } = answer.record as { readonly projectCode?: string }
  const projectCode = noted.project ?? own
  // What belongs to no project, such as a participant, has no list.
  if (projectCode === undefined) return
  const exception: Exception = {
    kind: 'exception',
    version: 1,
    projectCode,
    type,
    transaction,
    subject: subjectOf(state, answer),
    verdicts: [...verdicts],
    shadow: judgement.shadow.filter((id) => verdicts.some(({ rule }) => rule === id)),
    ...basisOf(judgement, verdicts, answer),
    by: actor.key,
    ...(moment.backfilled ? { backfilled: true as const } : {}),
    time: moment.time,
    tx,
  }
  await state.create(exceptions, exceptionId(exception).split(':'), exception)
}

/** The key of the record that the transaction answers, or of the first that it wrote. */
function subjectOf({ written }: State, { record }: Answer): string {
  const keys = [...written.keys()]
  return keys.find((key) => written.get(key) === record) ?? keys[0] ?? ''
}

/** What the rules saw that marked; what an application was judged by lies beside it already. */
function basisOf(
  judgement: Judgement,
  verdicts: readonly Verdict[],
  { status }: Answer,
): Pick<Exception, 'basis'> | undefined {
  if (verdicts.length === 0 || status === 'HELD' || status === 'PAYABLE') return undefined
  const basis = judgement.basis(new Set(verdicts.map(({ rule }) => rule as RuleId)))
  return basis.judged.length > 0 && canonicalize(basis).length <= LONGEST_BASIS ? { basis } : undefined
}
