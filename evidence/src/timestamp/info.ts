import { readDigestAlgorithm, toHex, type Der } from '@caizheng/fabric-wire'
import { element, fields, malformed } from './shape.js'

/** What a time-stamping authority states. */
export interface TimeStampInfo {
  /** SHA-256 of what was stamped. */
  readonly imprint: Uint8Array
  readonly time: Date
  /** How far the time may be off, in milliseconds; 0 if the authority doesn't say. */
  readonly accuracy: number
  /** As in the request, hexadecimal; undefined if there was none. */
  readonly nonce: string | undefined
}

const MOMENT = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d{0,8}[1-9]))?Z$/

/**
 * Reads TSTInfo (RFC 3161, 2.4.2) without extensions.
 *
 * @throws EvidenceError TIMESTAMP_FORM
 */
export function readInfo(der: Uint8Array): TimeStampInfo {
  const tags = [0x02, 0x06, 0x30, 0x02, 0x18, [0x30], [0x01], [0x02], [0xa0]] as const
  const parts = fields(element(der, 0x30, 'TSTInfo'), tags, 'TSTInfo')
  const [version, , imprint, , time, accuracy, , nonce] = parts as [Der, Der, Der, Der, Der, Der?, Der?, Der?]
  if (toHex(version.content) !== '01') throw malformed('TSTInfo is not of version 1')
  const [algorithm, digest] = fields(imprint, [0x30, 0x04], 'the imprint') as [Der, Der]
  if (readDigestAlgorithm(algorithm.content) !== 'sha256') throw malformed('the imprint is not by SHA-256')
  return {
    imprint: digest.content,
    time: momentOf(time.content),
    accuracy: accuracy === undefined ? 0 : accuracyOf(accuracy),
    nonce: nonce && toHex(nonce.content),
  }
}

/** GeneralizedTime in DER, rounded up to milliseconds: it stands after "no later than". */
function momentOf(content: Uint8Array): Date {
  const text = String.fromCharCode(...content.subarray(0, 32))
  const [, year, month, day, hour, minute, second, fraction = ''] = MOMENT.exec(text) ?? []
  const whole = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  // A date that doesn't exist is either none or becomes another.
  if (Number.isNaN(whole.getTime()) || whole.toISOString().slice(0, 19).replace(/[-T:]/g, '') !== text.slice(0, 14)) {
    throw malformed('the time is none')
  }
  return new Date(whole.getTime() + Math.ceil(Number(`0.${fraction}0`) * 1000))
}

function accuracyOf(node: Der): number {
  const numbers = fields(node, [[0x02], [0x80], [0x81]], 'the accuracy').map((part) => {
    if (part === undefined) return 0
    if (part.content.length === 0 || part.content.length > 3) throw malformed('the accuracy is none')
    return Number.parseInt(toHex(part.content), 16)
  })
  const [seconds = 0, millis = 0, micros = 0] = numbers
  return seconds * 1000 + millis + Math.ceil(micros / 1000)
}
