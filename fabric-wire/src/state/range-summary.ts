import { encode } from '../codec/index.js'
import { concatBytes, sha256 } from '../crypto/index.js'
import { QueryReads, type KVRead, type QueryReadsMerkleSummary } from '../messages/index.js'

/** A row as a range read saw it. */
interface KeyRead {
  readonly key: string
  readonly version?: KVRead['version']
}

/**
 * Condenses the rows of a large range read into a few hashes, by Fabric's tree: rows are hashed in groups of
 * `maxDegree` + 1, and whenever a level holds more than `maxDegree` hashes, they are hashed into one of the next level.
 *
 * The simulator builds it while it reads, and validation builds it again over the state at commit.
 *
 * @example
 * const summary = new RangeSummary(50)
 * for await (const row of rows) summary.add({ key: row.key, version: row.version })
 * const { rawReads, readsMerkleHashes } = summary.finish()
 */
export class RangeSummary {
  private rows: KeyRead[] = []
  private readonly levels = new Map<number, Uint8Array[]>()
  private maxLevel = 1

  /** @throws RangeError if `maxDegree` is below 2 */
  constructor(private readonly maxDegree: number) {
    if (maxDegree < 2) throw new RangeError(`the degree of a range summary is at least 2, not ${maxDegree}`)
  }

  add(row: KeyRead): void {
    this.rows.push(row)
    if (this.rows.length > this.maxDegree) this.hashRows()
  }

  /** The summary as far as it has been built. */
  current(): QueryReadsMerkleSummary {
    return {
      maxDegree: this.maxDegree,
      maxLevel: this.maxLevel,
      maxLevelHashes: this.levels.get(this.maxLevel) ?? [],
    }
  }

  /** The rows themselves if there were at most `maxDegree`, else the summary. */
  finish():
    | { rawReads: KeyRead[]; readsMerkleHashes?: undefined }
    | { rawReads?: undefined; readsMerkleHashes: QueryReadsMerkleSummary } {
    if (this.maxLevel === 1 && !this.levels.has(1)) return { rawReads: this.rows }
    if (this.rows.length > 0) this.hashRows()
    for (let level = 1; level < this.maxLevel; level++) {
      const hashes = this.levels.get(level)
      if (hashes === undefined) continue
      this.levels.delete(level)
      // A hash that is alone moves up as it is.
      this.append(level + 1, hashes.length === 1 ? (hashes[0] as Uint8Array) : hashAll(hashes))
    }
    const top = this.levels.get(this.maxLevel) ?? []
    if (top.length > this.maxDegree) {
      this.levels.delete(this.maxLevel)
      this.append(this.maxLevel + 1, hashAll(top))
    }
    return { readsMerkleHashes: this.current() }
  }

  private hashRows(): void {
    this.append(1, sha256(encode(QueryReads, { kvReads: this.rows })))
    this.rows = []
    for (let level = 1; ; level++) {
      const hashes = this.levels.get(level)
      if (hashes === undefined || hashes.length <= this.maxDegree) return
      this.levels.delete(level)
      this.append(level + 1, hashAll(hashes))
    }
  }

  private append(level: number, hash: Uint8Array): void {
    const hashes = this.levels.get(level)
    if (hashes === undefined) this.levels.set(level, [hash])
    else hashes.push(hash)
    this.maxLevel = Math.max(this.maxLevel, level)
  }
}

const hashAll = (hashes: readonly Uint8Array[]): Uint8Array => sha256(concatBytes(...hashes))
