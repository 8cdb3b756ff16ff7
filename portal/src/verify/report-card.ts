import type { Outcome, Report, Step } from '@caizheng/evidence'
import { h } from '../page/dom.js'
import { beijingTime, size } from '../page/format.js'
import { factsOf } from './facts.js'
import { icon, kindOf } from './icons.js'
import type { Verified } from './intake.js'
import { of, t } from './language.js'
import { plain } from './plain.js'

/** One document's result: the verdict always, the steps and the facts when it is open. Made when it is first opened. */
export function reportCard({ document, evidence, report }: Verified, at: Date, open: boolean): HTMLElement {
  const { outcome, weaker, proven } = report
  const verdict = h(
    'strong',
    { class: 'verdict' },
    t(outcome),
    weaker ? h('span', { class: 'weaker' }, t('weaker')) : undefined,
    proven?.trial ? h('span', { class: 'weaker trial' }, t('trial')) : undefined,
  )
  const name = h('span', { class: 'name' }, h('bdi', {}, document.name), h('small', {}, size(document.size)))
  const summary = h('summary', {}, verdict, name)
  summary.prepend(icon(kindOf[outcome]))
  const card = h('details', { class: `report ${kindOf[outcome]}`, 'data-outcome': outcome }, summary)
  const fill = (): void => {
    if (card.childElementCount === 1) card.append(...body(report, evidence.name, at))
  }
  card.addEventListener('toggle', fill)
  if (open) {
    fill()
    card.open = true
  }
  return card
}

/** A file that waits for its counterpart. */
export function waitingCard(name: string, missing: 'needsEvidence' | 'needsDocument'): HTMLElement {
  const text = h('span', { class: 'name' }, h('bdi', {}, name), h('small', {}, t(missing)))
  const card = h('p', { class: 'report waiting' }, text)
  card.prepend(icon('unknown'))
  return card
}

function body(report: Report, evidence: string, at: Date): HTMLElement[] {
  const { proven } = report
  const from = h(
    'p',
    { class: 'quiet' },
    h('bdi', {}, t('withEvidence', { name: evidence })),
    ' · ',
    t('verifiedAt', { time: beijingTime(at.toISOString()) }),
  )
  const facts = proven && h('div', {}, h('h3', {}, t('facts')), factsOf(proven))
  const list = h('ol', { class: 'steps' }, ...report.steps.map(stepOf))
  const columns = h('div', { class: 'columns' }, h('div', {}, h('h3', {}, t('steps')), list), facts)
  return [h('p', { class: 'statement' }, of(report.statement)), from, columns]
}

function stepOf({ code, name, outcome, reason }: Step): HTMLElement {
  const word = h('span', { class: 'word' }, t(outcome))
  const title = h('p', { class: 'step-name' }, h('span', {}, of(name)), word)
  const text = h('div', {}, title, h('p', { class: 'reason' }, h('bdi', {}, plain(of(reason)))))
  const step = h('li', { class: outcome, 'data-step': code }, text)
  step.prepend(icon(outcome))
  return step
}

/** Those that did not pass first. */
export function byOutcome(a: Verified, b: Verified): number {
  return rank[a.report.outcome] - rank[b.report.outcome]
}

const rank = { INVALID: 0, CANNOT_TELL: 1, VALID: 2 } as const satisfies Record<Outcome, number>
