import { equalBytes, sha256 } from '@caizheng/fabric-wire'
import { damaged } from '../errors.js'
import { sameVersion } from '../state/version.js'
import type { Database } from '../store/database.js'
import { describeKey } from '../store/describe-key.js'
import { FIRST_PRIVATE_TABLE, hashedStateKey, Table } from '../store/keys.js'
import { decodeState } from '../store/records.js'
import { partsOfPrivateState } from './keys.js'

/**
 * Reads all private records with their checksums, and compares each value with the hash that the blocks made. The values
 * themselves are in no block: one that is missing can't be told from one that an organisation never got.
 *
 * @returns the number of records read
 * @throws LedgerError `DAMAGED` at the first value that is not the one hashed
 */
export async function verifyPrivate(database: Database): Promise<number> {
  let records = 0
  for await (const [stored, record] of database.scan({ gte: Buffer.of(FIRST_PRIVATE_TABLE), lt: Buffer.of(0xff) })) {
    records += 1
    if (stored[0] !== Table.privateState) continue
    const { namespace, collection, key } = partsOfPrivateState(stored)
    const { value, version } = decodeState(record, stored)
    const hashKey = hashedStateKey(namespace, collection, sha256(Buffer.from(key)))
    const hashRecord = database.getSync(hashKey)
    const hashed = hashRecord && decodeState(hashRecord, hashKey)
    // Another version: the organisation missed the value of now, and still has one of before.
    if (!hashed || !sameVersion(hashed.version, version)) continue
    if (!equalBytes(hashed.value, sha256(value))) {
      throw damaged(describeKey(stored), 'its value is not the one whose hash is on the chain')
    }
  }
  return records
}
