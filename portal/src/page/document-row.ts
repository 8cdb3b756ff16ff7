import { ask, token, type AnchoredDocument } from './api.js'
import { documentTypeNames } from './document-types.js'
import { h } from './dom.js'
import { beijingTime, short } from './format.js'
import { organizationName, state, t } from './state.js'

/** One anchored document: what it is, who anchored it, when, and where on the chain. */
export function documentRow(entry: AnchoredDocument): HTMLElement {
  const { anchor } = entry
  const typeName = documentTypeNames[anchor.type]?.[state.language === 'zh' ? 0 : 1] ?? anchor.type
  return h(
    'li',
    { class: 'row', 'data-id': entry.id },
    h(
      'div',
      { class: 'what' },
      h('span', { class: 'type' }, typeName),
      h('strong', { class: 'number' }, anchor.number),
      h('span', { class: 'quiet' }, `${t('project')} ${anchor.project}`),
      h('span', { class: 'quiet' }, `${t('issuer')} ${anchor.issuer}`),
    ),
    cell('who', h('span', {}, organizationName(anchor.submitter.msp))),
    cell('when', h('time', { datetime: entry.time }, beijingTime(entry.time))),
    cell(
      'where',
      h('span', {}, t('block', { block: entry.block })),
      copyable(entry.transaction, t('transaction', { id: short(entry.transaction) })),
    ),
    cell('digest', copyable(anchor.digests.sha256, short(anchor.digests.sha256))),
    cell('evidence', evidenceLink(entry)),
  )
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
  const name = `${entry.anchor.digests.sha256.slice(0, 16)}.evidence.json`
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
