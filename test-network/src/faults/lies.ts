import {
  ChaincodeAction,
  decodeLoose,
  encode,
  endorsementBytes,
  KVRWSet,
  ProposalResponsePayload,
  TxReadWriteSet,
} from '@caizheng/fabric-wire'
import type { Endorsed, EndorserIdentity } from '../endorser/index.js'
import { LIFECYCLE_NAMESPACE } from '../consortium/index.js'

/**
 * What a peer lies about:
 *
 * - `result`: it endorses another result, and another value at each key written, under its own good signature
 * - `version`: it endorses the true result as that of another version of the chaincode
 * - `signature`: it endorses the true result with a signature over something else
 * - `answer`: what it endorses is true, what it answers to those who only ask is not
 */
export type Lie = 'result' | 'version' | 'signature' | 'answer'

/** What a lying peer says in place of every result and every value written. */
export const FALSEHOOD = 'falsified'

/** Turns a peer's true endorsement into what it says instead. Refusals and errors stay as they are. */
export function falsify(truth: Endorsed, lie: Exclude<Lie, 'answer'>, identity: EndorserIdentity): Endorsed {
  if (!truth.endorsement) return truth
  if (lie === 'signature') {
    const signature = identity.sign(Buffer.from(FALSEHOOD))
    return { ...truth, endorsement: { ...truth.endorsement, signature } }
  }
  const { proposalHash, extension } = decodeLoose(ProposalResponsePayload, truth.payload)
  const action = decodeLoose(ChaincodeAction, extension)
  const changed =
    lie === 'version'
      ? { ...action, chaincodeId: { name: action.chaincodeId?.name ?? '', version: FALSEHOOD } }
      : { ...action, response: falseResponse(truth.response), results: falseWrites(action.results) }
  const payload = encode(ProposalResponsePayload, { proposalHash, extension: encode(ChaincodeAction, changed) })
  const signature = identity.sign(endorsementBytes(payload, identity.serialized))
  const response = lie === 'result' ? falseResponse(truth.response) : truth.response
  return { ...truth, response, payload, endorsement: { ...truth.endorsement, signature } }
}

export function falseResponse(response: Endorsed['response']): Endorsed['response'] {
  return { ...response, payload: Buffer.from(FALSEHOOD) }
}

function falseWrites(results: Uint8Array): Uint8Array {
  if (results.length === 0) return results
  const sets = decodeLoose(TxReadWriteSet, results)
  const nsRwset = sets.nsRwset.map((set) => {
    if (set.namespace === LIFECYCLE_NAMESPACE) return set
    const rwset = decodeLoose(KVRWSet, set.rwset)
    const writes = rwset.writes.map((write) => (write.isDelete ? write : { ...write, value: Buffer.from(FALSEHOOD) }))
    return { ...set, rwset: encode(KVRWSet, { ...rwset, writes }) }
  })
  return encode(TxReadWriteSet, { ...sets, nsRwset })
}
