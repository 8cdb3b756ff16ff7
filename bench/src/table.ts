import { type Beside, type Goal, type Measurement, reached, type Skipped } from './measurement.js'

/** The measurements as an aligned table, readable on a terminal and as Markdown. */
export function table(measurements: readonly (Measurement | Skipped)[]): string {
  const rows = [
    ['measured', 'value', 'goal', '', 'ratio', 'beside'],
    ...measurements.map((one) => ('skipped' in one ? [one.what, 'skipped', '', '', '', one.skipped] : cells(one))),
  ]
  const widths = rows[0]?.map((_, column) => Math.max(3, ...rows.map((row) => row[column]?.length ?? 0))) ?? []
  const lines = rows.map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`)
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`
  return [lines[0], rule, ...lines.slice(1)].join('\n')
}

function cells(measurement: Measurement): string[] {
  return [
    measurement.what,
    quantity(measurement.value, measurement.unit),
    goal(measurement.goal),
    { true: 'reached', false: 'MISSED', undefined: '' }[String(reached(measurement)) as 'true' | 'false' | 'undefined'],
    measurement.beside ? ratio(measurement.beside.ratio) : '',
    measurement.beside ? peer(measurement.beside) : '',
  ]
}

function goal(wanted: Goal | undefined): string {
  if (wanted === undefined) return ''
  if ('atMost' in wanted) return `≤ ${wanted.atMost}`
  if ('atLeast' in wanted) return `≥ ${wanted.atLeast}`
  return 'ratioAtMost' in wanted ? `≤ ${ratio(wanted.ratioAtMost)}` : `≥ ${ratio(wanted.ratioAtLeast)}`
}

function peer({ what, value, unit }: Beside): string {
  return `${what}: ${quantity(value, unit)}`
}

function quantity(value: number, unit: string): string {
  return `${rounded(value)} ${unit}`
}

function ratio(value: number): string {
  return `${rounded(value)}×`
}

/** Three figures are more than a shared machine justifies, and enough to compare. */
function rounded(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)))
}
