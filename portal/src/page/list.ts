import { askJson, type AnchoredDocument, type DocumentPage } from './api.js'
import { byId, h } from './dom.js'
import { documentRow } from './document-row.js'
import { t } from './state.js'

const FIRST_PAGE = '/v1/documents?limit=50'

let documents: readonly AnchoredDocument[] = []
let next: string | undefined
let loaded = false

/** Asks for the newest documents and shows those that are new. Returns the number of indexed blocks. */
export async function refreshList(): Promise<number> {
  const page = await askJson<DocumentPage>(FIRST_PAGE)
  const known = new Set(documents.map(({ id }) => id))
  const fresh = page.documents.filter(({ id }) => !known.has(id))
  if (loaded && fresh.length === 0 && page.documents.length > 0) return page.height
  if (loaded && fresh.length < page.documents.length) documents = [...fresh, ...documents]
  else {
    // The first time, or more than a page of new ones: the list begins again, so that it never has a gap.
    documents = page.documents
    next = page.next
  }
  showList(new Set(loaded ? fresh.map(({ id }) => id) : []))
  loaded = true
  return page.height
}

/** Shows the list as it is known, in the page's language. */
export function showList(fresh: ReadonlySet<string> = new Set()): void {
  const rows = documents.map((document) => {
    const row = documentRow(document)
    if (fresh.has(document.id)) row.classList.add('fresh')
    return row
  })
  byId('documents').replaceChildren(...rows)
  byId('empty').hidden = !loaded || documents.length > 0
  const more = h('button', { type: 'button', class: 'more' }, t('more'))
  more.addEventListener('click', () => void loadMore(more))
  byId('paging').replaceChildren(...(next === undefined ? [] : [more]))
}

async function loadMore(button: HTMLButtonElement): Promise<void> {
  if (next === undefined) return
  button.disabled = true
  try {
    const page = await askJson<DocumentPage>(next)
    documents = [...documents, ...page.documents]
    next = page.next
  } finally {
    showList()
  }
}
