import type { KeyRead, RangeQuery, TransactionPlace, Version } from '../../src/ledger/index.js'
import type { TransactionSpec } from './support.js'

export interface ModelValue {
  readonly value: string
  readonly version: Version
  readonly metadata: string | undefined
}

export interface ModelHistory extends Omit<TransactionPlace, 'code'> {
  readonly value: string
  readonly isDelete: boolean
}

const same = (a: Version | undefined, b: Version | undefined): boolean => JSON.stringify(a) === JSON.stringify(b)
const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b))

/** The rules of read validation said as plainly as possible: one map of the state, one transaction after the other. */
export class Model {
  readonly state = new Map<string, ModelValue>()
  readonly history = new Map<string, ModelHistory[]>()
  height = 1

  rows(start: string, end: string): string[] {
    return [...this.state.keys()]
      .filter((key) => byBytes(key, start) >= 0 && (end === '' || byBytes(key, end) < 0))
      .sort(byBytes)
  }

  copy(): Map<string, ModelValue> {
    return new Map(this.state)
  }

  /** Gives each transaction of the next block its verdict, and applies those that are valid. */
  commit(specs: readonly TransactionSpec[]): number[] {
    const touched = new Set<string>()
    const codes = specs.map((spec, txNum) => {
      if (spec.code) return spec.code
      if ((spec.reads ?? []).some((read) => !this.holds(read, touched))) return 11
      if ((spec.ranges ?? []).some((range) => !this.rangeHolds(range))) return 12
      this.apply(spec, { blockNum: this.height, txNum }, touched)
      return 0
    })
    this.height++
    return codes
  }

  /** A key that the block has already written conflicts, even if it was deleted and had been read as absent. */
  private holds({ key, version }: KeyRead, touched: ReadonlySet<string>): boolean {
    return !touched.has(key) && same(this.state.get(key)?.version, version)
  }

  private rangeHolds({ startKey, endKey, itrExhausted, rawReads }: RangeQuery): boolean {
    const keys = this.rows(startKey, endKey)
    if (!itrExhausted && this.state.has(endKey)) keys.push(endKey)
    const expected = keys.map((key) => [key, this.state.get(key)?.version])
    const recorded = (rawReads?.kvReads ?? []).map(({ key, version }) => [key, version])
    return JSON.stringify(expected) === JSON.stringify(recorded)
  }

  private apply(spec: TransactionSpec, version: Version, touched: Set<string>): void {
    const metadataOf = new Map((spec.metadataWrites ?? []).map(({ key, entries }) => [key, entries]))
    for (const { key, isDelete, value } of spec.writes ?? []) {
      const text = Buffer.from(value).toString()
      const gone = isDelete || text === ''
      if (gone) this.state.delete(key)
      else this.state.set(key, { value: text, version, metadata: this.state.get(key)?.metadata })
      const entry = { block: version.blockNum, index: version.txNum, value: text, isDelete: gone }
      this.history.set(key, [entry, ...(this.history.get(key) ?? [])])
      touched.add(key)
    }
    for (const [key, entries] of metadataOf) {
      const current = this.state.get(key)
      if (current === undefined) continue
      const metadata = entries[0] && Buffer.from(entries[0].value).toString()
      this.state.set(key, { ...current, version, metadata })
      touched.add(key)
    }
  }
}
