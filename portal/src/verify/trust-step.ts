import { EvidenceError, openTrust, type Trust } from '@caizheng/evidence'
import { byId, h } from '../page/dom.js'
import { joined, of, t } from './language.js'
import { plain } from './plain.js'

type Shown =
  | { readonly kind: 'none' }
  | { readonly kind: 'refused'; readonly name: string; readonly error: unknown }
  | { readonly kind: 'opened' | 'confirmed'; readonly name: string; readonly trust: Trust }

let shown: Shown = { kind: 'none' }
let onChange: () => void = () => undefined

/** The trust file, once a person has confirmed its fingerprint; it lives as long as the page is open and no longer. */
export function confirmedTrust(): Trust | undefined {
  return shown.kind === 'confirmed' ? shown.trust : undefined
}

/** @param changed called when another trust file is in force, or none */
export function startTrustStep(changed: () => void): void {
  onChange = changed
  const input = byId('trust-file') as HTMLInputElement
  input.addEventListener('change', () => {
    const file = input.files?.[0]
    if (file !== undefined) void offerTrust(file)
    input.value = ''
  })
}

/** Reads a file that the person chose as trust file; it counts only after its fingerprint is confirmed. */
export async function offerTrust(file: File): Promise<void> {
  const name = plain(file.name)
  try {
    show({ kind: 'opened', name, trust: openTrust(new Uint8Array(await file.arrayBuffer())) })
  } catch (error) {
    show({ kind: 'refused', name, error })
  }
}

export function showTrust(): void {
  byId('trust-choose').hidden = shown.kind === 'opened' || shown.kind === 'confirmed'
  byId('trust').classList.toggle('done', shown.kind === 'confirmed')
  byId('trust-shown').replaceChildren(...content())
}

function show(next: Shown): void {
  shown = next
  showTrust()
  onChange()
}

function content(): HTMLElement[] {
  if (shown.kind === 'none') return []
  if (shown.kind === 'refused') {
    const { error } = shown
    const reason = error instanceof EvidenceError ? of(error.text) : plain(String(error))
    const name = h('bdi', {}, shown.name)
    return [h('p', { class: 'note bad', role: 'alert' }, h('strong', {}, t('trustRefused')), ' ', name, ' — ', reason)]
  }
  const { trust, name } = shown
  const other = button('trustOther', () => {
    show({ kind: 'none' })
    byId('trust-file').focus()
  })
  if (shown.kind === 'confirmed') {
    const line = h(
      'p',
      { class: 'confirmed' },
      h('strong', {}, t('trustConfirmed')),
      ' ',
      h('bdi', {}, name),
      ' ',
      other,
    )
    return [h('div', { class: 'card' }, line, fingerprintOf(trust, 'small'), particulars(trust), ...trialNote(trust))]
  }
  return [h('div', { class: 'card' }, particulars(trust, name), ...trialNote(trust), ...question(trust, name, other))]
}

function trialNote({ file }: Trust): HTMLElement[] {
  return file.trial === true ? [h('p', { class: 'note warn' }, t('trialTrust'))] : []
}

/** What the person compares, and the two acts by which they say that they did. */
function question(trust: Trust, name: string, other: HTMLElement): HTMLElement[] {
  const box = h('input', { type: 'checkbox', id: 'trust-check' })
  const confirm = button('trustConfirm', () => {
    if (!box.checked) return
    show({ kind: 'confirmed', name, trust })
    byId('files-title').scrollIntoView({ block: 'start' })
    byId('document-file').focus({ preventScroll: true })
  })
  confirm.id = 'trust-confirm'
  confirm.classList.add('primary')
  confirm.disabled = true
  box.addEventListener('change', () => (confirm.disabled = !box.checked))
  return [
    h('p', { class: 'label' }, t('trustFingerprint')),
    fingerprintOf(trust, 'large'),
    h('p', {}, t('trustCompare')),
    h('p', { class: 'check' }, box, h('label', { for: 'trust-check' }, t('trustCheck'))),
    h('p', { class: 'actions' }, confirm, other),
  ]
}

function fingerprintOf({ fingerprint }: Trust, size: 'large' | 'small'): HTMLElement {
  const groups = fingerprint.split(' ').map((group) => h('span', {}, group))
  return h('p', { class: `fingerprint ${size}`, 'data-fingerprint': fingerprint }, ...groups)
}

function particulars({ file, organizations }: Trust, name?: string): HTMLElement {
  const names = joined([...organizations.values()].map((organization) => plain(of(organization.name))))
  const { from, until } = file.validity
  const day = (instant: string): string => instant.slice(0, 10)
  const channel = `${plain(file.channel)} · ${t('trustNumber', { number: file.number })}`
  const rows: [string, string][] = [
    ...(name === undefined ? [] : ([[t('trustFile'), name]] as [string, string][])),
    [t('trustOrganizations'), names],
    [t('trustChannel'), channel],
    [t('trustValidity'), t('trustFromTo', { from: day(from), until: day(until) })],
  ]
  return h(
    'dl',
    { class: 'facts' },
    ...rows.flatMap(([label, value]) => [h('dt', {}, label), h('dd', {}, h('bdi', {}, value))]),
  )
}

function button(key: 'trustOther' | 'trustConfirm', act: () => void): HTMLButtonElement {
  const element = h('button', { type: 'button' }, t(key))
  element.addEventListener('click', act)
  return element
}
