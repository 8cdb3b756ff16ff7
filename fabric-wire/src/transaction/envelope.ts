import { decode } from '../codec/index.js'
import { WireError } from '../errors.js'
import { ChannelHeader, Envelope, type Header, Payload, SignatureHeader } from '../messages/index.js'

/** The two headers of a payload, and their bytes as the hashes need them. */
export interface ParsedHeader {
  channelHeader: ChannelHeader
  channelHeaderBytes: Uint8Array
  signatureHeader: SignatureHeader
  signatureHeaderBytes: Uint8Array
}

/** An envelope of any type; `signature` is over `payloadBytes`. */
export interface ParsedEnvelope extends ParsedHeader {
  payloadBytes: Uint8Array
  signature: Uint8Array
  /** What it carries, by `channelHeader.type`. */
  data: Uint8Array
}

export function parseHeader({ channelHeader, signatureHeader }: Header): ParsedHeader {
  return {
    channelHeader: decode(ChannelHeader, channelHeader),
    channelHeaderBytes: channelHeader,
    signatureHeader: decode(SignatureHeader, signatureHeader),
    signatureHeaderBytes: signatureHeader,
  }
}

/**
 * Reads an envelope down to its headers: enough to know its type, channel and creator.
 *
 * @throws {WireError} `MALFORMED` or `MISSING`
 */
export function parseEnvelope(bytes: Uint8Array): ParsedEnvelope {
  const { payload, signature } = decode(Envelope, bytes)
  const { header, data } = decode(Payload, payload)
  if (header === undefined) throw new WireError('MISSING', 'an envelope without headers')
  return { ...parseHeader(header), payloadBytes: payload, signature, data }
}
