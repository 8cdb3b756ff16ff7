import { status as grpcStatus } from '@grpc/grpc-js'
import { parseContractFault, type ContractFault } from '@caizheng/records'
import { errorAt, type CaizhengError, type OrganizationDetail } from './caizheng-error.js'
import { clientErrors, type ClientErrorCode, type Stage } from './codes.js'

/** What a gateway call failed with, as plain data, so that the judgement below is a pure function. */
export interface GatewayFailure {
  readonly stage: 'evaluate' | 'endorse' | 'submit' | 'commit' | 'follow'
  /** gRPC status code. */
  readonly status: number
  readonly message: string
  readonly organizations: readonly OrganizationDetail[]
  readonly transactionId?: string | undefined
  readonly cause?: unknown
}

/**
 * Turns a gateway's failure into the one error with a code, the sentence that matters and what each organisation said.
 * A contract's own refusal wins over everything else; Fabric's own failures have only text, so they are told apart by
 * the table below and nowhere else.
 */
export function errorFrom(failure: GatewayFailure): CaizhengError {
  const options = {
    transactionId: failure.transactionId,
    organizations: failure.organizations,
    cause: failure.cause,
  }
  const refusal = contractRefusal(failure)
  if (refusal !== undefined) {
    return errorAt(failure.stage, refusal.code, contractSentence(refusal), { ...options, details: refusal.details })
  }
  const code = fabricCode(failure)
  return errorAt(failure.stage, code, sentence(code, failure), options)
}

/**
 * True where it isn't known whether the orderers took a transaction: whatever goes wrong after it was sent, unless a
 * node says plainly that it refused. An ordering service under load says "request already processed" of a transaction
 * that it did take.
 */
export function isOutcomeUnknown(failure: GatewayFailure): boolean {
  if (/request already processed/i.test(textOf(failure))) return true
  return !plainRefusals.has(failure.status)
}

const plainRefusals = new Set<number>([
  grpcStatus.INVALID_ARGUMENT,
  grpcStatus.FAILED_PRECONDITION,
  grpcStatus.PERMISSION_DENIED,
  grpcStatus.UNAUTHENTICATED,
  grpcStatus.NOT_FOUND,
  grpcStatus.UNIMPLEMENTED,
  // The gateway's own limit is checked before anything is sent on.
  grpcStatus.RESOURCE_EXHAUSTED,
  // "received unsuccessful response from orderer: status=BAD_REQUEST" and its like.
  grpcStatus.ABORTED,
])

/** The contract's refusal in one of the answers. Where organisations lag behind, they may refuse for other reasons. */
function contractRefusal(failure: GatewayFailure): ContractFault | undefined {
  for (const text of [...failure.organizations.map((detail) => detail.message), failure.message]) {
    const refusal = parseContractFault(text)
    if (refusal !== undefined) return refusal
  }
  return undefined
}

const byText: readonly (readonly [pattern: RegExp, code: ClientErrorCode])[] = [
  [/ProposalResponsePayloads do not match/i, 'ENDORSEMENTS_DIFFER'],
  [
    /no combination of peers|failed to (select a set of|collect enough transaction) endors/i,
    'NOT_ENOUGH_ORGANIZATIONS',
  ],
  [
    /chaincode definition for '?[^ ]+'? (exists, but|not found)|successfully defined on channel|chaincode [^ ]+ not found/i,
    'CHAINCODE_NOT_FOUND',
  ],
  [
    /no peers available to evaluate|could not launch chaincode|chaincode [^ ]+ is not (running|connected)|failed to execute transaction|chaincode stream terminated|no chaincode (connection|stream)/i,
    'CHAINCODE_UNAVAILABLE',
  ],
  [/channel '?[^ ]*'? (was )?not found|channel does not exist|no such channel/i, 'CHANNEL_NOT_FOUND'],
  [
    /access denied|creator (certificate|org)|certificate (has )?expired|identity expired|not a member of|MSP \S+ is (not defined|unknown)/i,
    'NOT_PERMITTED',
  ],
  [/too many requests/i, 'OVERLOADED'],
  [/chaincode response \d+/i, 'CHAINCODE_FAILED'],
]

const byStatus: ReadonlyMap<number, ClientErrorCode> = new Map<number, ClientErrorCode>([
  [grpcStatus.UNAVAILABLE, 'NOT_REACHABLE'],
  // A server that stops cancels its calls; a caller's own cancelling never comes this way.
  [grpcStatus.CANCELLED, 'NOT_REACHABLE'],
  [grpcStatus.DEADLINE_EXCEEDED, 'TIMED_OUT'],
  [grpcStatus.RESOURCE_EXHAUSTED, 'OVERLOADED'],
  [grpcStatus.PERMISSION_DENIED, 'NOT_PERMITTED'],
  [grpcStatus.UNAUTHENTICATED, 'NOT_PERMITTED'],
  [grpcStatus.INVALID_ARGUMENT, 'REQUEST_REFUSED'],
  [grpcStatus.FAILED_PRECONDITION, 'REQUEST_REFUSED'],
  [grpcStatus.NOT_FOUND, 'REQUEST_REFUSED'],
  [grpcStatus.ABORTED, 'REQUEST_REFUSED'],
])

function fabricCode(failure: GatewayFailure): ClientErrorCode {
  const known = byStatus.get(failure.status)
  if (failure.stage === 'submit' && plainRefusals.has(failure.status) && known !== 'OVERLOADED') return 'SUBMIT_REFUSED'
  const text = textOf(failure)
  const found = byText.find(([pattern]) => pattern.test(text))
  return found?.[1] ?? known ?? 'UNEXPECTED'
}

function textOf(failure: GatewayFailure): string {
  return [failure.message, ...failure.organizations.map((detail) => detail.message)].join('\n')
}

const doing: Record<Stage, string> = {
  prepare: 'preparing the request',
  connect: 'connecting',
  evaluate: 'asking the chain',
  endorse: 'asking the organisations to endorse',
  submit: 'sending the transaction to the orderers',
  commit: 'waiting for the block',
  follow: 'following the blocks',
}

/** Says what each organisation answered; the gateway's own text often only points at attached details. */
function sentence(code: ClientErrorCode, failure: GatewayFailure): string {
  const own = failure.message.replace(/^\d+ [A-Z_]+: /, '').replace(/,? see attached details for more info/, '')
  const answers = failure.organizations.map((detail) => `${detail.mspId || detail.address}: ${detail.message}`)
  return `${clientErrors[code].en}, while ${doing[failure.stage]}: ${[own, ...answers].join('; ')}`
}

function contractSentence({ message, details }: ContractFault): string {
  return Object.keys(details).length === 0 ? message : `${message}: ${JSON.stringify(details)}`
}
