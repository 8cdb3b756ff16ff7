import { canonicalBytes, NETWORK_KEY, parseNetwork, type Network } from '@caizheng/records'
import { KeyEndorsementPolicy, type ENDORSER_ROLES } from 'fabric-shim'
import type { ChaincodeStub } from '../fabric.js'
import { Refusal } from '../refusals/refusal.js'

// The enum exists in fabric-shim's types only, not in its code.
const PEER = 'PEER' as ENDORSER_ROLES.PEER

/** The record as it was last read: it is asked for in every call and hardly ever changes, so the same bytes are parsed once. */
let last: { readonly bytes: Uint8Array; readonly network: Network } | undefined

/** The stored network record, or `undefined` before Bootstrap. The state is read each time; what it holds decides. */
export async function findNetwork(stub: ChaincodeStub): Promise<Network | undefined> {
  const bytes = await stub.getState(NETWORK_KEY)
  if (bytes.length === 0) return undefined
  if (last === undefined || Buffer.compare(last.bytes, bytes) !== 0) {
    const network = parseNetwork(bytes)
    Object.freeze(network.organizations)
    last = { bytes: Uint8Array.from(bytes), network: Object.freeze(network) }
  }
  return last.network
}

/** @throws {Refusal} `NETWORK_MISSING` */
export async function loadNetwork(stub: ChaincodeStub): Promise<Network> {
  const network = await findNetwork(stub)
  if (network === undefined) throw new Refusal('NETWORK_MISSING')
  return network
}

/**
 * Writes the network record and puts it under the peers of all its organisations.
 *
 * KeyEndorsementPolicy can say nothing but "all of these", which is exactly what is meant here; it must not be used to
 * load and change a policy of another kind, as it would silently turn that one into "all" too.
 */
export async function saveNetwork(stub: ChaincodeStub, network: Network): Promise<void> {
  const policy = new KeyEndorsementPolicy()
  policy.addOrgs(PEER, ...network.organizations)
  await stub.putState(NETWORK_KEY, canonicalBytes(network))
  await stub.setStateValidationParameter(NETWORK_KEY, policy.getPolicy())
}
