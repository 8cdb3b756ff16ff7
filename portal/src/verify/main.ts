import { byId, h } from '../page/dom.js'
import { Intake, type Outcome, type Role, type Verified } from './intake.js'
import { language, switchLanguage, t } from './language.js'
import { startProgress } from './progress.js'
import { byOutcome, reportCard, waitingCard } from './report-card.js'
import type { TextKey } from './texts.js'
import { confirmedTrust, offerTrust, showTrust, startTrustStep } from './trust-step.js'

/** Most results that are listed, and most of several that are shown open: those that did not pass. */
const MOST_LISTED = 500
const MOST_OPEN = 3

const progress = startProgress()
let outcome: Outcome | undefined
let notes: (() => HTMLElement)[] = []
/** Work is done one piece after the other; what was asked for before a file came or the trust changed is done again. */
let queue: Promise<void> = Promise.resolve()
let waiting = 0

const intake = new Intake({
  hashing(name, done, size) {
    const part = done / Math.max(size, 1)
    progress.show(() => t('hashing', { name, percent: Math.floor(part * 100) }), part)
  },
  checking: (done, total) => progress.show(() => t('checking', { done, total }), done / total),
  refused: (name, refusal) => {
    const line = (): string =>
      refusal.kind === 'trust' ? t('trustInFiles', { name }) : t('unreadable', { name, reason: refusal.reason })
    notes.push(() => h('p', { class: 'note warn' }, line()))
    showNotes()
  },
})

function add(files: readonly File[], role: Role | undefined): void {
  if (files.length === 0) return
  notes = []
  showNotes()
  enqueue(async () => {
    await intake.take(files, role)
    await verifyAll()
  })
}

async function verifyAll(): Promise<void> {
  const trust = confirmedTrust()
  outcome = undefined
  if (trust === undefined || intake.empty) return
  const result = await intake.verify(trust)
  // What was found under another trust file than the one in force now is not shown.
  if (trust === confirmedTrust() && !intake.empty) outcome = result
}

function enqueue(work: () => Promise<void>): void {
  waiting++
  showResults()
  queue = queue.then(work).finally(() => {
    waiting--
    progress.done()
    showResults()
  })
}

function showTexts(): void {
  document.documentElement.lang = language() === 'zh' ? 'zh-CN' : 'en'
  document.title = `${t('title')} · ${language() === 'zh' ? '财证链' : 'Caizheng'}`
  for (const element of document.querySelectorAll<HTMLElement>('[data-text]')) {
    element.textContent = t(element.dataset['text'] as TextKey)
  }
  byId('switch').setAttribute('aria-label', t('switchLabel'))
  byId('switch').lang = language() === 'zh' ? 'en' : 'zh-CN'
  progress.redraw()
  showTrust()
  showNotes()
  showResults()
}

function showNotes(): void {
  byId('files-note').replaceChildren(...notes.map((make) => make()))
}

function showResults(): void {
  byId('actions').hidden = intake.empty && waiting === 0
  byId('print').hidden = outcome === undefined || outcome.verified.length === 0
  if (outcome === undefined) {
    const idle = !intake.empty && confirmedTrust() === undefined ? 'trustFirst' : 'nothing'
    byId('summary').textContent = t(waiting > 0 ? 'working' : idle)
    byId('reports').replaceChildren()
    return
  }
  const { verified, documents, evidence, at } = outcome
  byId('summary').replaceChildren(...summaryOf(outcome))
  const listed = [...verified].sort(byOutcome).slice(0, MOST_LISTED)
  const cut = t('shownOnly', { shown: MOST_LISTED })
  byId('reports').replaceChildren(
    ...listed.map((entry, index) =>
      reportCard(entry, at, verified.length === 1 || (index < MOST_OPEN && entry.report.outcome !== 'VALID')),
    ),
    ...(listed.length < verified.length ? [h('p', { class: 'quiet' }, cut)] : []),
    ...documents.slice(0, MOST_LISTED).map(({ name }) => waitingCard(name, 'needsEvidence')),
    ...evidence.slice(0, MOST_LISTED).map(({ name }) => waitingCard(name, 'needsDocument')),
  )
}

function summaryOf({ verified, documents, evidence, milliseconds }: Outcome): (HTMLElement | string)[] {
  const count = (kind: string): number => verified.filter(({ report }) => report.outcome === kind).length
  const [first] = verified
  const unpaired = documents.length + evidence.length
  const seconds = (milliseconds / 1000).toFixed(1)
  const values = { valid: count('VALID'), invalid: count('INVALID'), unknown: count('CANNOT_TELL') }
  return [
    ...(verified.length > 1 ? [t('summary', { total: verified.length, ...values, seconds })] : []),
    // One result speaks for itself to those who see it; the others are told.
    ...(first !== undefined && verified.length === 1 ? [h('span', { class: 'heard' }, told(first))] : []),
    ...(unpaired > 0 ? [' ', t('waiting', { count: unpaired })] : []),
  ]
}

function told({ document: { name }, report }: Verified): string {
  return `${name}: ${t(report.outcome)}`
}

function startDrops(): void {
  // Without these on the whole page, a file dropped beside a zone would replace the page.
  for (const name of ['dragover', 'drop'] as const) document.addEventListener(name, (event) => event.preventDefault())
  for (const zone of document.querySelectorAll<HTMLElement>('[data-drop]')) {
    zone.addEventListener('dragover', () => zone.classList.add('over'))
    zone.addEventListener('dragleave', () => zone.classList.remove('over'))
    zone.addEventListener('drop', (event) => {
      zone.classList.remove('over')
      const files = [...(event.dataTransfer?.files ?? [])]
      // Both kinds are often dragged together: what is dropped is told apart by what it is.
      if (zone.dataset['drop'] !== 'trust') add(files, undefined)
      else if (files[0] !== undefined) void offerTrust(files[0])
    })
  }
  for (const role of ['document', 'evidence'] as const) {
    const input = byId(`${role}-file`) as HTMLInputElement
    input.addEventListener('change', () => {
      add([...(input.files ?? [])], role)
      input.value = ''
    })
  }
}

byId('switch').addEventListener('click', () => {
  switchLanguage()
  showTexts()
})
byId('print').addEventListener('click', () => print())
byId('clear').addEventListener('click', () => {
  // At once, and not after what is being read.
  intake.clear()
  notes = []
  outcome = undefined
  showNotes()
  showResults()
  byId('document-file').focus()
})
addEventListener('beforeprint', () => {
  for (const card of document.querySelectorAll('details')) card.open = true
})

startDrops()
startTrustStep(() => {
  outcome = undefined
  enqueue(verifyAll)
})
showTexts()
