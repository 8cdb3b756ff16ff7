import { CaizhengError, type Transacted } from '@caizheng/client-sdk'
import { isActName, isTransactionName } from '@caizheng/records'
import type { Act, ActName, TransactionName, Verdict } from '@caizheng/records'
import { administerAs } from './administrators.js'
import type { Cast } from './cast.js'
import type { Expected, Pilot, Step } from './pilot.js'
import { requestOf } from './request.js'

/** What a step gave, in the terms of what it must give. */
export interface Given {
  readonly status: Expected['status']
  readonly rules: readonly string[]
  readonly outcomes: Readonly<Record<string, string>>
  /** The record that was written. */
  readonly record?: unknown
  /** The error's code and text, where it was refused. */
  readonly refusal?: string
}

/** The pilots' names of transactions that are called otherwise on the chain. */
const renamed: Readonly<Record<string, TransactionName>> = { setParameters: 'SetSettings' }

/** The transaction on the chain for a step, or `undefined` where the chain has none of this name yet. */
export function transactionOf({ transaction }: Step): TransactionName | undefined {
  const name = renamed[transaction] ?? `${transaction.charAt(0).toUpperCase()}${transaction.slice(1)}`
  return isTransactionName(name) ? name : undefined
}

/** Plays one step through the SDK as the person who acts in it; to an administrator's act the other administrators consent. */
export async function play(cast: Cast, pilot: Pilot, step: Step, name: TransactionName): Promise<Given> {
  if (isActName(name)) return given(administerAs(cast, [await actOf(cast, pilot, step, name)]))
  const { client } = await cast.person(step.actorMsp, step.actor)
  const { accountNo, saltHex } = step.transient ?? {}
  const options = accountNo === undefined ? {} : { transient: { account: accountNo, salt: saltHex ?? '' } }
  return given(client.transact(name, requestOf(step, '', pilot), options))
}

/** Plays the steps of administrators that stand side by side as one proposal: much quicker, and all of them or none. */
export async function playTogether(cast: Cast, pilot: Pilot, steps: readonly Step[]): Promise<Given> {
  const acts = steps.map((step) => {
    const name = transactionOf(step)
    if (name === undefined || !isActName(name)) throw new RangeError(`Step ${step.seq} is no act of an administrator`)
    return actOf(cast, pilot, step, name)
  })
  return given(administerAs(cast, await Promise.all(acts)))
}

async function actOf(cast: Cast, pilot: Pilot, step: Step, act: ActName): Promise<Act> {
  const { personId, msp } = step.input
  const key = act === 'RegisterPerson' ? await cast.key(msp as string, personId as string) : ''
  return { act, request: requestOf(step, key, pilot) }
}

async function given(sent: Promise<Transacted>): Promise<Given> {
  try {
    const { status, verdicts, record } = await sent
    return { status, ...fired(verdicts), record }
  } catch (error) {
    if (!(error instanceof CaizhengError)) throw error
    return { status: 'REJECTED', ...refused(error), refusal: `${error.code}: ${error.message}` }
  }
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
