import { canonicalize, parseCanonical, queryLimits, recordKey, type CanonicalValue } from '@caizheng/records'
import type { ChaincodeStub } from '../fabric.js'
import { readText } from '../guards/input.js'

/** A state that a record had. */
export interface RecordState {
  readonly tx: string
  /** Of the transaction. */
  readonly time: string
  /** Null where it was deleted. */
  readonly record: CanonicalValue
}

/** The states of a record, newest first, up to `limit`. */
export async function statesOf(stub: ChaincodeStub, key: string, limit: number): Promise<RecordState[]> {
  const iterator = await stub.getHistoryForKey(key)
  const states: RecordState[] = []
  try {
    while (states.length < limit) {
      const { value: entry, done } = (await iterator.next()) as { value?: Entry; done?: boolean }
      if (entry !== undefined) states.push(stateOf(entry))
      if (done === true || entry === undefined) break
    }
  } finally {
    await iterator.close()
  }
  return states
}

/**
 * The past of a record: one node's word, as histories stand in no read set. A block proof of each transaction proves its state.
 *
 * @throws {Refusal} `ARGUMENT_MALFORMED`
 */
export async function getHistory(stub: ChaincodeStub, key: string): Promise<string> {
  readText('key', key, (value) => recordKey.safeParse(value).success, 'must be a key such as contract:A-WK-01')
  const states = await statesOf(stub, key, queryLimits.states + 1)
  const more = states.length > queryLimits.states
  return canonicalize({ kind: 'history', version: 1, key, states: states.slice(0, queryLimits.states), more })
}

interface Entry {
  readonly isDelete: boolean
  readonly value: Uint8Array
  readonly txId: string
  readonly timestamp: { readonly seconds: { toNumber(): number } | number; readonly nanos: number }
}

function stateOf({ isDelete, value, txId, timestamp: { seconds, nanos } }: Entry): RecordState {
  const whole = typeof seconds === 'number' ? seconds : seconds.toNumber()
  const time = new Date(whole * 1000 + Math.floor(nanos / 1_000_000)).toISOString()
  return { tx: txId, time, record: isDelete ? null : parseCanonical(value) }
}
