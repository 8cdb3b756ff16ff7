import { ApiError, askJson, token } from '../api.js'
import { byId, h } from '../dom.js'
import { yuan } from '../format.js'
import { kindWords, statusTone, statusWords, wordsOf } from '../sheet/words.js'

interface Listed<T> {
  readonly records: readonly {
    readonly number: string
    readonly project: string
    readonly day: string
    readonly record: T
  }[]
  readonly next?: string
}
interface Application {
  readonly contractNo: string
  readonly applicationKind: string
  readonly periodNo?: number
  readonly netFen: string
  readonly status: string
}

const names = new Map<string, string>()
let shown: Listed<Application>['records'] = []
let next: string | undefined

const select = (id: string): HTMLSelectElement => byId(id) as HTMLSelectElement

function option(value: string, text: string): HTMLElement {
  return h('option', { value }, text)
}

/** All projects, for the choice and for the headings. */
async function loadProjects(): Promise<void> {
  let path: string | undefined = '/v1/projects?limit=200'
  while (path !== undefined) {
    const page: Listed<{ readonly name: string }> = await askJson(path)
    for (const { number, record } of page.records) names.set(number, record.name)
    path = page.next
  }
  const projects = [...names].map(([code, name]) => option(code, `${name} ${code}`))
  select('project').replaceChildren(option('', '全部 · all'), ...projects)
}

async function load(path?: string): Promise<void> {
  byId('locked').hidden = true
  byId('trouble').hidden = true
  try {
    if (names.size === 0) await loadProjects()
    const search = new URLSearchParams({ limit: '100' })
    for (const name of ['project', 'status']) if (select(name).value !== '') search.set(name, select(name).value)
    const page = await askJson<Listed<Application>>(path ?? `/v1/applications?${search.toString()}`)
    shown = path === undefined ? page.records : [...shown, ...page.records]
    next = page.next
    show()
  } catch (error) {
    const locked = error instanceof ApiError && error.status === 401
    byId('locked').hidden = !locked
    byId('trouble').hidden = locked
    byId('trouble').textContent = error instanceof Error ? error.message : String(error)
  }
}

function show(): void {
  const byProject = new Map<string, HTMLElement[]>()
  for (const { number, project, day, record } of shown) {
    byProject.set(project, [...(byProject.get(project) ?? []), row(number, day, record)])
  }
  byId('applications').replaceChildren(
    ...[...byProject].flatMap(([project, rows]) => [
      h('h2', {}, `${names.get(project) ?? project} `, h('code', {}, project)),
      h('ol', { class: 'rows' }, ...rows),
    ]),
  )
  byId('empty').hidden = shown.length > 0
  const more = h('button', { type: 'button' }, '更多 · more')
  more.addEventListener('click', () => void load(next))
  byId('paging').replaceChildren(...(next === undefined ? [] : [more]))
}

function row(number: string, day: string, { contractNo, applicationKind, periodNo, netFen, status }: Application) {
  const [kind] = wordsOf(kindWords, applicationKind)
  const [zh, en] = wordsOf(statusWords, status)
  return h(
    'li',
    { class: 'application' },
    h('a', { href: `sheet.html?application=${encodeURIComponent(number)}` }, number),
    h('span', { class: `badge ${statusTone[status] ?? ''}`.trim(), title: en }, zh),
    h('span', {}, periodNo === undefined ? kind : `${kind} 第 ${periodNo} 期`),
    h('span', { class: 'quiet' }, contractNo),
    h('span', { class: 'amount' }, `${yuan(netFen)} 元`),
    h('time', { class: 'quiet', datetime: day }, day),
  )
}

const statuses = Object.entries(statusWords).map(([status, [zh, en]]) => option(status, `${zh} · ${en}`))
select('status').replaceChildren(option('', '全部 · all'), ...statuses)
for (const name of ['project', 'status']) select(name).addEventListener('change', () => void load())
byId('enter').addEventListener('click', () => {
  token.set((byId('token') as HTMLInputElement).value.trim())
  void load()
})
void load()
