import { type Beside, type Goal, type Measurement, reached } from './measurement.js'

/** The measurements as an aligned table, readable on a terminal and as Markdown. */
export function table(measurements: readonly Measurement[]): string {
  const rows = [
    ['measured', 'value', 'goal', '', 'ratio', 'beside'],
    ...measurements.map((measurement) => [
      measurement.what,
      quantity(measurement.value, measurement.unit),
      goal(measurement.goal),
      { true: 'reached', false: 'MISSED', undefined: '' }[
        String(reached(measurement)) as 'true' | 'false' | 'undefined'
      ],
      measurement.beside ? ratio(measurement.beside.ratio) : '',
      measurement.beside ? peer(measurement.beside) : '',
    ]),
  ]
  const widths = rows[0]?.map((_, column) => Math.max(3, ...rows.map((row) => row[column]?.length ?? 0))) ?? []
  const lines = rows.map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`)
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`
  return [lines[0], rule, ...lines.slice(1)].join('\n')
}

function goal(wanted: Goal | undefined): string {
  if (wanted === undefined) return ''
  return 'atMost' in wanted ? `≤ ${wanted.atMost}` : `≥ ${wanted.atLeast}`
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
