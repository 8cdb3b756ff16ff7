/** A UTC timestamp as the clock of Beijing shows it: `2026-11-23 10:04:31`. */
export function beijingTime(utc: string): string {
  const shifted = new Date(new Date(utc).getTime() + 8 * 3_600_000)
  return Number.isNaN(shifted.getTime()) ? utc : shifted.toISOString().slice(0, 19).replace('T', ' ')
}

/** The first and last digits of a long hex text; the whole stays copyable. */
export function short(hex: string): string {
  return hex.length <= 16 ? hex : `${hex.slice(0, 8)}…${hex.slice(-6)}`
}

/** Lower-case hex of some bytes. */
export function hex(bytes: ArrayBuffer): string {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** A size for people. */
export function size(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  const units = ['KiB', 'MiB', 'GiB'] as const
  const power = Math.min(Math.floor(Math.log2(bytes) / 10), units.length)
  return `${(bytes / 1024 ** power).toFixed(1)} ${units[power - 1] ?? 'B'}`
}
