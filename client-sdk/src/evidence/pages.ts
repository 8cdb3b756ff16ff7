import { MAX_PAGE_SIZE, type Anchor, type AnchorPage } from '@caizheng/records'
import type { Page } from './contract.js'

/** Walks through a listing page by page; a page is asked for when its first entry is wanted. */
export async function* allPages(
  read: (page: Page) => Promise<AnchorPage>,
  pageSize: number = MAX_PAGE_SIZE,
): AsyncGenerator<Anchor, void, void> {
  let bookmark = ''
  do {
    const page = await read({ size: pageSize, bookmark })
    yield* page.anchors
    bookmark = page.bookmark
  } while (bookmark !== '')
}
