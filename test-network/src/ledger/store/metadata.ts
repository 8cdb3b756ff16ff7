import { describeKey } from './describe-key.js'
import { KVMetadataWrite, decode, encode } from '@caizheng/fabric-wire'
import { damaged } from '../errors.js'
import type { MetadataEntry } from '../types.js'

/** A key's metadata entries as stored: Fabric's own message, the key left out. */
export const encodeMetadata = (entries: readonly MetadataEntry[]): Uint8Array => encode(KVMetadataWrite, { entries })

export function decodeMetadata(bytes: Buffer, key: Buffer): MetadataEntry[] {
  try {
    return decode(KVMetadataWrite, bytes).entries
  } catch (error) {
    throw damaged(describeKey(key), 'the metadata cannot be read', error)
  }
}
