import { ChaincodeInvocationSpec, ChaincodeProposalPayload, decodeLoose, toHex } from '@caizheng/fabric-wire'
import type { ReplayedState } from '../state/state.js'
import type { OpenedTransaction, Results } from '../validity/open.js'
import type { Build } from './build.js'
import { CannotTell, UnknownFunction, type Outcome } from './outcome.js'
import { ReplayStub, type Run, type Secret } from './stub.js'

/** The build of a chaincode in force; undefined where the auditor has none of that digest. */
export type FindBuild = (chaincode: string) => Build | undefined

/** A call's function and arguments, as its client named them. */
export function argumentsOf({ proposalPayload }: Pick<OpenedTransaction, 'proposalPayload'>): string[] {
  const { input } = decodeLoose(ChaincodeProposalPayload, proposalPayload)
  const args = decodeLoose(ChaincodeInvocationSpec, input).chaincodeSpec?.input?.args ?? []
  return args.map((argument) => Buffer.from(argument).toString())
}

/**
 * Runs a call again, with the build in force over the state before it. The one thing left out is the guard that compares the
 * transaction's time with the node's clock: the clock of that day is gone, and `Clock` looks at times instead.
 */
export async function execute(
  transaction: OpenedTransaction,
  results: Results,
  args: readonly string[],
  state: ReplayedState,
  channel: string,
  findBuild: FindBuild,
): Promise<Outcome> {
  const { txId, timestamp, creatorBytes: creator, headerExtension } = transaction
  const run: Run = {
    ...{ state, channel, txId, timestamp, creator, headerExtension },
    writes: new Map(),
    secret: secretOf(results),
    secrets: [],
    event: undefined,
    cannotTell: undefined,
    call: async (chaincode, called) => {
      try {
        const payload = await invoke(run, findBuild, chaincode, called, false)
        return { status: 200, message: '', payload }
      } catch (error) {
        if (error instanceof UnknownFunction) run.cannotTell ??= `${chaincode} has no such function`
        return { status: 500, message: (error as Error).message, payload: new Uint8Array() }
      }
    },
  }
  try {
    const payload = await invoke(run, findBuild, results.chaincode, args, true)
    if (run.cannotTell !== undefined) return { kind: 'cannot tell', why: run.cannotTell }
    return { kind: 'done', payload, event: run.event, writes: run.writes, secrets: run.secrets }
  } catch (error) {
    if (run.cannotTell !== undefined) return { kind: 'cannot tell', why: run.cannotTell }
    if (error instanceof UnknownFunction) return { kind: 'unknown function' }
    return { kind: 'refused', message: error instanceof Error ? error.message : String(error) }
  }
}

async function invoke(
  run: Run,
  findBuild: FindBuild,
  chaincode: string,
  args: readonly string[],
  top: boolean,
): Promise<Uint8Array> {
  const build = findBuild(chaincode)
  if (build === undefined) {
    run.cannotTell ??= `no build of ${chaincode} is at hand`
    throw new CannotTell(run.cannotTell)
  }
  const [named = ''] = args
  const at = named.lastIndexOf(':')
  const [first] = build.contracts.values()
  const contract = at < 0 ? first : build.contracts.get(named.slice(0, at))
  const name = named.slice(at + 1)
  const known = contract !== undefined && name !== 'constructor' && Object.hasOwn(prototypeOf(contract), name)
  if (!known) throw new UnknownFunction(named)
  const context = contract.createContext()
  context.setChaincodeStub(new ReplayStub(run, chaincode, args, top))
  context.setClientIdentity(identityOf(run))
  Object.assign(context, { accountSecret: () => knownSecret(run) })
  const transaction = prototypeOf(contract)[name] as (...given: unknown[]) => Promise<unknown>
  const answer = await transaction.call(contract, context, ...args.slice(1))
  return typeof answer === 'string' ? Buffer.from(answer) : new Uint8Array()
}

const prototypeOf = (contract: object) => Object.getPrototypeOf(contract) as Record<string, unknown>

/** What contracts may know of a caller: the organisation and the certificate. */
function identityOf(run: Run): object {
  const unread = (): never => {
    run.cannotTell ??= 'it reads attributes of the certificate'
    throw new CannotTell(run.cannotTell)
  }
  return {
    getMSPID: () => run.creator.mspid,
    getIDBytes: () => Buffer.from(run.creator.idBytes),
    getID: unread,
    getAttributeValue: unread,
    assertAttributeValue: unread,
  }
}

/** An account's number and salt: the block shows what was written hashes to, which is what the request must name. */
function knownSecret(run: Run): { secret: Uint8Array; digest: string } {
  const { value, digest } = run.secret
  if (digest !== undefined) return { secret: value, digest }
  run.cannotTell ??= 'it reads transient data, which stand in no block'
  throw new CannotTell(run.cannotTell)
}

/** The one value that the transaction wrote to a private collection, if it wrote one. */
function secretOf({ namespaces }: Results): Secret {
  const written = namespaces.flatMap(({ collections }) =>
    collections.flatMap(({ hashed }) => hashed.hashedWrites.filter(({ isDelete }) => !isDelete)),
  )
  const [only, ...more] = written
  const digest = only !== undefined && more.length === 0 ? toHex(only.valueHash) : undefined
  return { value: new Uint8Array(1), digest }
}
