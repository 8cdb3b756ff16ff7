import { CaizhengError, type Transacted } from '@caizheng/client-sdk'
import { isActName, isTransactionName } from '@caizheng/records'
import type { Act, ActName, TransactionName, Verdict } from '@caizheng/records'
import { administerAs } from './administrators.js'
import type { Cast } from './cast.js'
import type { Expected, Pilot, Step } from './pilot.js'
import { documentOfStep, requestOf } from './request.js'

/** What a step gave, in the terms of what it must give. */
export interface Given {
  readonly status: Expected['status']
  readonly rules: readonly string[]
  readonly outcomes: Readonly<Record<string, string>>
  /** The record that was written, and its block. */
  readonly record?: unknown
  readonly block?: number
  /** The error's code and text, where it was refused. */
  readonly refusal?: string
}

/** The pilots' names of transactions that are called otherwise on the chain. */
const renamed: Readonly<Record<string, TransactionName>> = { setParameters: 'SetSettings' }

/** The transaction under rules of a step; `undefined` where a document is only anchored, as evidence. */
export function transactionOf({ transaction }: Step): TransactionName | undefined {
  const name = renamed[transaction] ?? `${transaction.charAt(0).toUpperCase()}${transaction.slice(1)}`
  return isTransactionName(name) ? name : undefined
}

/** Whether a step only anchors a document. */
export function isAnchoring({ transaction }: Step): boolean {
  return transaction === 'anchorDocument'
}

/** As many people as one proposal registers. */
const MOST_ACTS = 40

/**
 * Steps as they are played: those of administrators that stand side by side and must be let through come together, as one
 * proposal, much quicker; every other step comes alone.
 */
export function sideBySide(steps: readonly Step[]): [Step, ...Step[]][] {
  const groups: [Step, ...Step[]][] = []
  for (const step of steps) {
    const group = groups.at(-1)
    const joins = group !== undefined && group.length < MOST_ACTS && isAct(step) && isAct(group[0])
    if (joins) group.push(step)
    else groups.push([step])
  }
  return groups
}

/** Whether a step is an administrator's act that is let through. */
function isAct(step: Step): boolean {
  return isActName(transactionOf(step) ?? '') && step.expect.status === 'COMMITTED' && step.expect.rules.length === 0
}

/**
 * Plays one step through the SDK as the person who acts in it, or several acts of administrators as one proposal, to which the
 * other administrators consent.
 */
export async function play(cast: Cast, pilot: Pilot, ...steps: readonly [Step, ...Step[]]): Promise<Given> {
  const [step] = steps
  const name = transactionOf(step)
  try {
    if (name !== undefined && isActName(name)) {
      const acts = await Promise.all(steps.map((one) => actOf(cast, pilot, one)))
      return committed(await administerAs(cast, acts))
    }
    const { client } = await cast.person(step.actorMsp, step.actor)
    if (isAnchoring(step)) {
      const { anchor, block } = await client.evidence.anchor(...documentOfStep(step, pilot))
      return { status: 'COMMITTED', rules: [], outcomes: {}, record: anchor, block }
    }
    if (name === undefined) throw new RangeError(`${pilot.pilot}, step ${step.seq}: no transaction ${step.transaction}`)
    const { accountNo, saltHex } = step.transient ?? {}
    const options = accountNo === undefined ? {} : { transient: { account: accountNo, salt: saltHex ?? '' } }
    return committed(await client.transact(name, requestOf(step, '', pilot), options))
  } catch (error) {
    if (!(error instanceof CaizhengError)) throw error
    return { status: 'REJECTED', ...refused(error), refusal: `${error.code}: ${error.message}` }
  }
}

async function actOf(cast: Cast, pilot: Pilot, step: Step): Promise<Act> {
  const act = transactionOf(step) as ActName
  const { personId, msp } = step.input
  const key = act === 'RegisterPerson' ? await cast.key(msp as string, personId as string) : ''
  return { act, request: requestOf(step, key, pilot) }
}

function committed({ status, verdicts, record, block }: Transacted): Given {
  return { status, ...fired(verdicts), record, block }
}

function fired(verdicts: readonly Verdict[]): Pick<Given, 'rules' | 'outcomes'> {
  const broken = verdicts.filter(({ outcome }) => outcome !== 'PASS')
  const outcomes: Record<string, string> = {}
  // The gravest outcome of a rule, where several of its conditions are broken.
  const gravity = ['WARN', 'FLAG', 'ALERT', 'HOLD', 'REJECT']
  for (const { rule, outcome } of broken) {
    if (gravity.indexOf(outcome) > gravity.indexOf(outcomes[rule] ?? '')) outcomes[rule] = outcome
  }
  return { rules: Object.keys(outcomes).sort(), outcomes }
}

/** The rules of a refusal: its verdicts, or those that its malformed fields name. */
function refused({ details }: CaizhengError): Pick<Given, 'rules' | 'outcomes'> {
  const { verdicts, issues } = (details ?? {}) as {
    readonly verdicts?: readonly Verdict[]
    readonly issues?: readonly { readonly problem: string }[]
  }
  if (verdicts !== undefined) return fired(verdicts)
  const rules = [...new Set(issues?.flatMap(({ problem }) => /\((R\d\d)\)$/.exec(problem)?.[1] ?? []))].sort()
  return { rules, outcomes: Object.fromEntries(rules.map((rule) => [rule, 'REJECT'])) }
}
