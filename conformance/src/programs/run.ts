import { decode, ChaincodeAction, parseTransaction, ProposalResponsePayload } from '@caizheng/fabric-wire'
import type { ChainTransaction } from './follower.js'
import { inspection } from './inspection.js'
import { messageOutcome, readWriteSetOutcome, type NamespaceOutcome, type Normalizer } from './outcome.js'
import { needsOwnBlock, type Program, type ProgramTransaction } from './program.js'
import type { Endorsed, EndorserAnswer, ProgramSession } from './session.js'

/** What came of a program, in words that each run of it on an honest network has. */
export interface ProgramOutcome {
  /** The numbers of the transactions that were submitted, as the chain has them. */
  readonly order: readonly number[]
  /** In the program's order. */
  readonly transactions: readonly TransactionOutcome[]
  /** What the peers hold at the end: their answers to `inspection`. */
  readonly state: readonly TransactionOutcome[]
}

export interface TransactionOutcome {
  /** What each peer answered: the contract's result, or the reason of its refusal. */
  readonly answers: Readonly<Record<string, { status: number; result: unknown } | { status: number; message: string }>>
  /** The verdict; absent where it was not submitted. */
  readonly code?: number
  readonly event?: [name: string, payload: string]
  readonly readWriteSet?: readonly NamespaceOutcome[]
}

export interface RunOptions {
  /** Before every key; never used before on this network. */
  readonly prefix: string
  /** The order of submission within each round, by the transactions' numbers; default: the program's own. */
  readonly order?: readonly number[]
  /** Send everything at once, whatever the verdicts then depend on. */
  readonly reckless?: boolean
}

interface Submission {
  readonly number: number
  readonly transaction: ProgramTransaction
  readonly endorsed: Endorsed
}

/** Runs a program. @throws Error where the peers disagree among each other */
export async function runProgram(
  session: ProgramSession,
  program: Program,
  { prefix, order, reckless = false }: RunOptions,
): Promise<ProgramOutcome> {
  const normalizer = { prefix, writers: new Map<string, number>() }
  const committed = new Map<number, ChainTransaction>()
  const transactions: TransactionOutcome[] = []
  const commit = async (burst: readonly Submission[]): Promise<void> => {
    for (const { endorsed } of burst)
      await session.submit(endorsed.transactionId, endorsed.envelope ?? new Uint8Array())
    const found = await everywhere(session, burst)
    for (const [at, { number }] of burst.entries()) {
      const one = found[at]
      if (!one) continue
      committed.set(number, one)
      normalizer.writers.set(`${String(one.block)}:${String(one.index)}`, number)
    }
  }
  let first = 0
  for (const round of program) {
    const submissions = await Promise.all(
      round.map(async (transaction, at) => {
        return { number: first + at, transaction, endorsed: await session.endorse(prefix, transaction) }
      }),
    )
    first += round.length
    // Before the commit: the answers name versions that were there
    const answered = submissions.map(({ endorsed }) => answersOutcome(endorsed, normalizer))
    for (const burst of bursts(inOrder(submissions, order), reckless)) await commit(burst)
    for (const [at, { number }] of submissions.entries()) {
      const chained = committed.get(number)
      transactions.push({
        ...answered[at],
        answers: answered[at]?.answers ?? {},
        ...(chained && { code: chained.code }),
      })
    }
  }
  const state: TransactionOutcome[] = []
  for (const question of inspection(session.network.nodeOrganizations)) {
    state.push(answersOutcome(await session.endorse(prefix, question), normalizer))
  }
  return { order: byPlace(committed), transactions, state }
}

/** Those that can go, in the order in which another network had them. */
function inOrder(submissions: readonly Submission[], order: readonly number[] | undefined): Submission[] {
  const going = submissions.filter(({ endorsed }) => endorsed.envelope)
  if (!order) return going
  const place = ({ number }: Submission): number => order.indexOf(number)
  return going.sort((a, b) => place(a) - place(b))
}

function bursts(submissions: readonly Submission[], reckless: boolean): Submission[][] {
  const found: Submission[][] = []
  let open = false
  for (const submission of submissions) {
    const alone = !reckless && needsOwnBlock(submission.transaction)
    if (alone || !open) found.push([submission])
    else found.at(-1)?.push(submission)
    open = !alone
  }
  return found
}

/** Waits until every peer has committed the transactions. */
async function everywhere({ followers }: ProgramSession, burst: readonly Submission[]): Promise<ChainTransaction[]> {
  const ids = burst.map(({ endorsed }) => endorsed.transactionId)
  const [first = [], ...others] = await Promise.all(
    [...followers.values()].map((follower) => follower.transactions(ids)),
  )
  for (const other of others) {
    for (const [at, { block, index, code }] of other.entries()) {
      const expected = first[at]
      if (block === expected?.block && index === expected.index && code === expected.code) continue
      throw new Error(`the peers disagree on transaction ${ids[at] ?? ''}: ${String(expected?.code)}, ${String(code)}`)
    }
  }
  return first
}

function answersOutcome({ answers, envelope }: Endorsed, normalizer: Normalizer): TransactionOutcome {
  const outcome = Object.fromEntries(answers.map((answer) => [answer.organization, answerOutcome(answer, normalizer)]))
  if (!envelope) return { answers: outcome }
  const { event, rwset } = parseTransaction(envelope)
  return {
    answers: outcome,
    ...(event && { event: [event.eventName, Buffer.from(event.payload).toString()] }),
    readWriteSet: readWriteSetOutcome(rwset, normalizer),
  }
}

function answerOutcome({ status, message, payload }: EndorserAnswer, normalizer: Normalizer) {
  if (payload.length === 0) return { status, message: messageOutcome(message, normalizer) }
  const { response } = decode(ChaincodeAction, decode(ProposalResponsePayload, payload).extension)
  return { status, result: JSON.parse(Buffer.from(response?.payload ?? []).toString()) as unknown }
}

function byPlace(committed: ReadonlyMap<number, ChainTransaction>): number[] {
  return [...committed].sort(([, a], [, b]) => a.block - b.block || a.index - b.index).map(([number]) => number)
}
