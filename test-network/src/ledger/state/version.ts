import type { Version } from '../types.js'

/** Both absent, or both the same height. */
export function sameVersion(a: Version | undefined, b: Version | undefined): boolean {
  if (a === undefined || b === undefined) return a === b
  return a.blockNum === b.blockNum && a.txNum === b.txNum
}

/** A number as its significant big-endian bytes behind their count, so that the order of bytes is that of numbers. */
function orderedBytes(value: number): number[] {
  const bytes: number[] = []
  for (let rest = value; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256)
  return [bytes.length, ...bytes]
}

/** The bytes that stand for a version in the commit hash. */
export function versionBytes(version: Version): Uint8Array {
  return Uint8Array.from([...orderedBytes(version.blockNum), ...orderedBytes(version.txNum)])
}
