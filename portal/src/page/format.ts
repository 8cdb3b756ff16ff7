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

/** Integer fen as people read it: `9,473,020.00`. */
export function yuan(fen: string): string {
  const value = BigInt(fen)
  const digits = (value < 0n ? -value : value).toString().padStart(3, '0')
  const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',')
  return `${value < 0n ? '−' : ''}${whole}.${digits.slice(-2)}`
}

/** A stretch of time in its two largest units, [Chinese, English]. */
export function duration(milliseconds: number): readonly [zh: string, en: string] {
  const minutes = Math.floor(milliseconds / 60_000)
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60]
  if (days > 0) return [`${days} 天 ${hours} 小时`, `${days} d ${hours} h`]
  if (hours > 0) return [`${hours} 小时 ${rest} 分`, `${hours} h ${rest} min`]
  return minutes > 0 ? [`${minutes} 分钟`, `${minutes} min`] : ['不足 1 分钟', 'under 1 min']
}
