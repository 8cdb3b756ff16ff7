import { ApiError, askJson, type FoundDocument } from './api.js'
import { byId, h } from './dom.js'
import { documentRow } from './document-row.js'
import { hex, size } from './format.js'
import { t } from './state.js'

/** What the last dropped file came to; kept so that a change of language can say it again. */
let show: () => void = () => undefined

/** Makes the drop zone work: a file is hashed here and only its digest is sent. */
export function startCheck(): void {
  const zone = byId('drop')
  const input = byId('file') as HTMLInputElement
  input.addEventListener('change', () => {
    const file = input.files?.[0]
    if (file !== undefined) void check(file)
    input.value = ''
  })
  // Without these on the whole page, a file dropped beside the zone would replace the page.
  for (const name of ['dragover', 'drop'] as const) document.addEventListener(name, (event) => event.preventDefault())
  zone.addEventListener('dragover', () => zone.classList.add('over'))
  zone.addEventListener('dragleave', () => zone.classList.remove('over'))
  zone.addEventListener('drop', (event) => {
    zone.classList.remove('over')
    const file = event.dataTransfer?.files[0]
    if (file !== undefined) void check(file)
  })
}

export function showCheckAgain(): void {
  show()
}

async function check(file: File): Promise<void> {
  present(() => [h('p', { class: 'busy' }, t('hashing', { name: file.name }))])
  // Browsers offer hashing to secure origins only.
  if (!isSecureContext) return present(() => verdict('absent', t('unsupported'), []))
  let digest: string
  try {
    digest = hex(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()))
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return present(() => verdict('absent', t('unreadable', { reason }), []))
  }
  const facts = () =>
    h('p', { class: 'facts' }, `${file.name} · ${size(file.size)}`, h('br'), h('code', {}, `sha256 ${digest}`))
  try {
    const found = await askJson<FoundDocument>(`/v1/documents/${digest}`)
    present(() => outcome(found, facts()))
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) {
      return present(() => verdict('absent', t('absentTitle'), [facts(), h('p', {}, t('absentText')), note()]))
    }
    const reason = error instanceof Error ? error.message : String(error)
    present(() => verdict('absent', t('lookupFailed', { reason }), [facts()]))
  }
}

function outcome(found: FoundDocument, facts: HTMLElement): HTMLElement[] {
  const onChain = [...found.anchors, ...found.batched]
  if (onChain.length > 0) {
    const rows = h('ol', { class: 'rows' }, ...onChain.map(documentRow))
    return verdict('found', t('foundTitle'), [facts, h('p', {}, t('foundText')), rows, note()])
  }
  const refused = found.pending.find(({ state }) => state === 'REFUSED')
  if (refused?.refusal !== undefined && found.pending.every(({ state }) => state === 'REFUSED')) {
    return verdict('absent', t('refusedTitle'), [
      facts,
      h('p', {}, `${refused.refusal.code}: ${refused.refusal.message}`),
    ])
  }
  return verdict('pending', t('pendingTitle'), [facts, h('p', {}, t('pendingText'))])
}

function verdict(kind: 'found' | 'pending' | 'absent', title: string, rest: readonly HTMLElement[]): HTMLElement[] {
  return [h('div', { class: `verdict ${kind}` }, h('h3', {}, title), ...rest)]
}

function note(): HTMLElement {
  return h('p', { class: 'quiet' }, t('serverWord'))
}

function present(make: () => HTMLElement[]): void {
  show = () => byId('result').replaceChildren(...make())
  show()
}
