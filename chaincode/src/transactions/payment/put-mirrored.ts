import { mirroredTypes, parseNetwork, type CanonicalValue, type RecordType } from '@caizheng/records'
import { MIRROR_SOURCE } from '../../business/mirror.js'
import { State } from '../../business/state.js'
import type { CallContext } from '../../contracts/call-context.js'
import { readJson } from '../../guards/input.js'
import { Refusal } from '../../refusals/refusal.js'
import { saveNetwork } from '../../state/network.js'

interface Mirrored {
  readonly network?: unknown
  readonly records: readonly { readonly key: string; readonly record: CanonicalValue }[]
}

/**
 * Writes copies of `charter`'s records. Only `charter` may call it, in a transaction of its own: so all three organisations
 * have endorsed what is copied, and two departments cannot register a person here who stands nowhere else.
 *
 * @throws {Refusal} `CALLED_DIRECTLY`
 */
export async function putMirrored(context: CallContext, argument: string): Promise<string> {
  if (context.chaincode !== MIRROR_SOURCE) throw new Refusal('CALLED_DIRECTLY', { chaincode: MIRROR_SOURCE })
  const { network, records } = readJson('request', argument, (value) => value as Mirrored)
  const { stub } = context
  if (network !== undefined) await saveNetwork(stub, parseNetwork(network))
  const state = new State(stub)
  for (const { key, record } of records) {
    const kind = (record as { kind?: unknown }).kind
    const type = mirroredTypes.find((mirrored) => mirrored.kind === kind)
    const id = key.slice(key.indexOf(':') + 1)
    if (type === undefined || type.key(id) !== key) throw new Refusal('CALLED_DIRECTLY', { key })
    // The first place of a document stays its first, whichever chaincode saw it.
    const first = kind === 'documentPlace' || kind === 'documentNumber'
    const mirrored: RecordType<unknown> = type
    if (first && (await state.find(mirrored, id)) !== undefined) continue
    await state.save(type as never, [id], record as never)
  }
  return ''
}
