import type { Outcome, StepOutcome } from '@caizheng/evidence'

const SVG = 'http://www.w3.org/2000/svg'

/** A shape for each outcome, so that none is told by its colour alone. */
const shapes = {
  passed: 'M5.5 10.5 9 14l6-7.5',
  failed: 'M6 6l8 8M14 6l-8 8',
  unknown: 'M7.6 7.8a2.5 2.5 0 1 1 3.6 2.3c-.8.4-1.2.9-1.2 1.7M10 14.6v.1',
} as const satisfies Record<StepOutcome, string>

export const kindOf = { VALID: 'passed', INVALID: 'failed', CANNOT_TELL: 'unknown' } as const satisfies Record<
  Outcome,
  StepOutcome
>

/** The mark of an outcome; the word for it stands beside it. */
export function icon(outcome: StepOutcome): SVGElement {
  const svg = document.createElementNS(SVG, 'svg')
  svg.setAttribute('viewBox', '0 0 20 20')
  svg.setAttribute('class', `icon ${outcome}`)
  svg.setAttribute('aria-hidden', 'true')
  const circle = document.createElementNS(SVG, 'circle')
  for (const name of ['cx', 'cy', 'r']) circle.setAttribute(name, '10')
  const path = document.createElementNS(SVG, 'path')
  path.setAttribute('d', shapes[outcome])
  svg.append(circle, path)
  return svg
}
