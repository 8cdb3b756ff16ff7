import { encode, equalBytes, quorumOf, SerializedIdentity, type ChannelConfig } from '@caizheng/fabric-wire'

/** One of the consenters that the channel's configuration may name. */
export interface ConsenterIdentity {
  /** Its number in the configuration, which its block signatures carry in place of a certificate. */
  id: number
  mspId: string
  /** Its certificate as transactions carry it, a `SerializedIdentity`. */
  creator: Uint8Array
  sign: (message: Uint8Array) => Uint8Array
}

/** Of the consenters whose keys are held here, those that a configuration names, with that certificate. */
export function namedConsenters(
  { consenters }: ChannelConfig,
  held: readonly ConsenterIdentity[],
): readonly ConsenterIdentity[] {
  return held.filter(({ id, creator }) => {
    const named = consenters.find((consenter) => consenter.id === id)
    return named && equalBytes(creator, encode(SerializedIdentity, { mspid: named.mspId, idBytes: named.identity }))
  })
}

/** What is missing to sign blocks under a configuration; undefined where a quorum is held. */
export function missingQuorum(config: ChannelConfig, held: readonly ConsenterIdentity[]): string | undefined {
  const [needed, have] = [quorumOf(config.consenters.length), namedConsenters(config, held).length]
  if (config.consensus.type === 'BFT' && have >= needed && have > 0) return undefined
  return `the embedded network signs blocks as BFT consenters, and holds the keys of ${String(have)} where ${String(needed)} must sign`
}
