// Writes docs/rules.md and docs/authority.md from the code: npm run docs:rules, after a build.
import { writeFileSync } from 'node:fs'
import { URL } from 'node:url'
import pages from '../dist/test/pages/pages.js'

for (const [file, text] of Object.entries(pages.pages())) {
  writeFileSync(new URL(`../../docs/${file}`, import.meta.url), text)
}
