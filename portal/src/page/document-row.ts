import { ask, token, type AnchoredDocument, type Particulars } from './api.js'
import { documentTypeNames } from './document-types.js'
import { h } from './dom.js'
import { beijingTime, short } from './format.js'
import { organizationName, state, t } from './state.js'

/** One anchored document: what it is, who anchored it, when, and where on the chain. */
export function documentRow(entry: AnchoredDocument): HTMLElement {
  const about = particularsOf(entry)
  const { submitter } = entry.batch ?? entry.anchor
  const typeName = documentTypeNames[about.type]?.[state.language === 'zh' ? 0 : 1] ?? about.type
  return h(
    'li',
    { class: 'row', 'data-id': entry.id },
    h(
      'div',
      { class: 'what' },
      h('span', { class: 'type' }, typeName),
      h('strong', { class: 'number' }, about.number),
      h('span', { class: 'quiet' }, `${t('project')} ${about.project}`),
      h('span', { class: 'quiet' }, `${t('issuer')} ${about.issuer}`),
    ),
    cell('who', h('span', {}, organizationName(submitter.msp))),
    cell('when', h('time', { datetime: entry.time }, beijingTime(entry.time))),
    cell(
      'where',
      h('span', {}, t('block', { block: entry.block })),
      copyable(entry.transaction, t('transaction', { id: short(entry.transaction) })),
      ...(entry.batch === undefined
        ? []
        : [h('span', { class: 'quiet' }, t('leafOf', { leaf: entry.leaf + 1, size: entry.batch.size }))]),
    ),
    cell('digest', copyable(about.digests.sha256, short(about.digests.sha256))),
    cell('evidence', evidenceLink(entry)),
  )
}

function particularsOf(entry: AnchoredDocument): Particulars {
  return entry.batch === undefined ? entry.anchor : entry.document
}

function cell(key: 'who' | 'when' | 'where' | 'digest' | 'evidence', ...children: Node[]): HTMLElement {
  return h(
    'div',
    { class: `cell ${key}` },
    h('span', { class: 'label' }, t(key)),
    h('div', { class: 'value' }, ...children),
  )
}

/** A shortened value that a click copies whole. */
function copyable(whole: string, shown: string): HTMLElement {
  const button = h('button', { type: 'button', class: 'copy', title: `${whole}\n${t('copy')}` }, shown)
  button.addEventListener('click', () => {
    navigator.clipboard.writeText(whole).then(
      () => {
        button.textContent = t('copied')
        setTimeout(() => (button.textContent = shown), 1200)
      },
      // Without permission to write, the whole text is shown so that it can be selected.
      () => (button.textContent = whole),
    )
  })
  return button
}

/** A plain link; where a token is needed, which a link can't carry, the file is fetched and handed over. */
function evidenceLink(entry: AnchoredDocument): HTMLElement {
  const name = `${particularsOf(entry).digests.sha256.slice(0, 16)}.evidence.json`
  const link = h('a', { href: entry.evidence, download: name }, t('download'))
  link.addEventListener('click', (event) => {
    if (token.get() === null) return
    event.preventDefault()
    void ask(entry.evidence)
      .then((response) => response.blob())
      .then((blob) => {
        const url = URL.createObjectURL(blob)
        h('a', { href: url, download: name }).click()
        setTimeout(() => URL.revokeObjectURL(url), 10_000)
      })
      .catch((error: unknown) => {
        link.textContent = t('lookupFailed', { reason: error instanceof Error ? error.message : String(error) })
      })
  })
  return link
}
