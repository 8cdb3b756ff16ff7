import { canonicalize, charterBootstrapRequest, type Network } from '@caizheng/records'
import { State } from '../../business/state.js'
import { mirror } from '../../business/mirror.js'
import type { CallContext } from '../../contracts/call-context.js'
import { malformed, readJson } from '../../guards/input.js'
import { Refusal } from '../../refusals/refusal.js'
import { networkOf } from '../../rules/network.js'
import { findNetwork, saveNetwork } from '../../state/network.js'
import { registerKey } from './register-person.js'

/**
 * Writes the network record and the first administrators, once: everybody else is registered with their consent. All three node
 * organisations endorse it, as everything in `charter`; they should compare the keys with each other first.
 *
 * @throws {Refusal} `CALLER_NOT_ALLOWED`, `NETWORK_CONFLICT`, `ARGUMENT_MALFORMED` where an organisation has no administrator
 */
export async function bootstrap(context: CallContext, argument: string): Promise<string> {
  const { genesis, organizations, administrators } = readJson('request', argument, (value) =>
    charterBootstrapRequest.parse(value),
  )
  const { stub } = context
  const network = networkOf({ genesis, organizations }, stub.getChannelID())
  const caller = context.clientIdentity.getMSPID()
  if (!network.organizations.includes(caller)) {
    throw new Refusal('CALLER_NOT_ALLOWED', { caller, organizations: network.organizations })
  }
  requireEach(network, administrators)
  const existing = await findNetwork(stub)
  if (existing !== undefined) {
    if (canonicalize(existing) !== canonicalize(network)) throw new Refusal('NETWORK_CONFLICT', { network: existing })
    return canonicalize({ created: false, network })
  }
  await saveNetwork(stub, network)
  const state = new State(stub)
  const event = { time: stub.getDateTimestamp().toISOString(), tx: stub.getTxID() }
  for (const administrator of administrators) {
    await registerKey(state, { ...administrator, role: 'CONSORTIUM_ADMIN' }, event)
  }
  await mirror(context, state, network)
  return canonicalize({ created: true, network })
}

/** Each node organisation has an administrator, and nobody else has. */
function requireEach({ organizations }: Network, administrators: readonly { readonly msp: string }[]): void {
  const named = new Set(administrators.map(({ msp }) => msp))
  if (named.size === organizations.length && organizations.every((msp) => named.has(msp))) return
  const problem = `must be of each of ${organizations.join(', ')}, and of no other organisation`
  throw malformed('request', [{ at: '/administrators', problem }])
}
