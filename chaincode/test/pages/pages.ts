import { authorityPage } from './authority-page.js'
import { rulesPage } from './rules-page.js'

/** The pages of `docs/` that are written from the code, by file name. */
export function pages(): Record<string, string> {
  return { 'authority.md': authorityPage(), 'rules.md': rulesPage() }
}
