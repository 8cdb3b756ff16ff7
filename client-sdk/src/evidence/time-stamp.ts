import {
  addTimeStamp,
  decodeEvidence,
  readTimeStampAnswer,
  stampedBytes,
  timeStampQuery,
  verify,
  type Stamped,
  type Trust,
} from '@caizheng/evidence'
import { errorAt } from '../errors/caizheng-error.js'
import { reasonOf } from '../errors/reason.js'

/** A token with its certificates takes some 2 to 8 kB. */
const LARGEST_ANSWER = 65_536

/** A time-stamping authority. */
export interface TimeStampSource {
  /** Its address for RFC 3161 over HTTP, `http:` or `https:`: the answer is signed, so either will do. */
  readonly url: string | URL
  /** Milliseconds until it is given up; 15,000 unless given. */
  readonly timeout?: number
  readonly signal?: AbortSignal
}

/**
 * Has a message time-stamped (RFC 3161): only its SHA-256 leaves this machine. The answer is matched with the query by
 * digest and nonce; whether its signature holds is for a trust file to say.
 *
 * @returns the TimeStampToken in DER
 * @throws {ConnectError} `TIMESTAMP_UNAVAILABLE`
 * @example
 * const token = await requestTimeStamp(message, { url: 'http://tsa.example.cn/' })
 */
export async function requestTimeStamp(message: Uint8Array, source: TimeStampSource): Promise<Uint8Array> {
  const { url, timeout = 15_000, signal } = source
  const query = timeStampQuery(message)
  const limit = AbortSignal.timeout(timeout)
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply' },
      body: Buffer.from(query.bytes),
      redirect: 'error',
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    })
    if (!response.ok) throw new Error(`it answered with status ${response.status}`)
    return readTimeStampAnswer(await wholeBody(response), query)
  } catch (cause) {
    throw errorAt('connect', 'TIMESTAMP_UNAVAILABLE', `No time-stamp from ${String(url)}: ${reasonOf(cause)}`, {
      cause,
    })
  }
}

async function wholeBody({ body }: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of body ?? []) {
    const bytes = chunk as Uint8Array
    length += bytes.length
    // Leaving the loop cancels the rest.
    if (length > LARGEST_ANSWER) throw new Error(`its answer is longer than ${LARGEST_ANSWER} bytes`)
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}

/**
 * The same evidence file with a time-stamp over its receipt, signatures included, so that it stays good when their
 * certificates expire or are revoked later; or over the record alone, which outlasts a later receipt.
 *
 * @param trust the trust file under which the token must hold
 * @throws {ConnectError} `TIMESTAMP_UNAVAILABLE`; {PrepareError} `TIMESTAMP_REJECTED` if the token doesn't hold under this trust file
 * @throws EvidenceError as `decodeEvidence` does
 * @example
 * const stamped = await timeStampEvidence(evidence, trust, { url: 'http://tsa.example.cn/' })
 */
export async function timeStampEvidence(
  evidence: Uint8Array,
  trust: Uint8Array | Trust,
  source: TimeStampSource & { readonly over?: Stamped; readonly at?: Date },
): Promise<Uint8Array> {
  const { over = 'receipt', at } = source
  const token = await requestTimeStamp(stampedBytes(decodeEvidence(evidence), over), source)
  const stamped = addTimeStamp(evidence, over, token)
  // No document at hand: the one step that is asked for does not depend on it.
  const { steps } = verify({ sha256: '0'.repeat(64) }, stamped, trust, at === undefined ? {} : { at })
  const step = steps.find(({ code }) => code === 'TIME_STAMPS')
  if (step?.outcome !== 'passed') {
    throw errorAt('prepare', 'TIMESTAMP_REJECTED', step?.reason.en ?? 'the trust file can’t be used')
  }
  return stamped
}
