import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { pages } from './pages.js'

describe('the pages that are written from the code', () => {
  for (const [file, text] of Object.entries(pages())) {
    it(`docs/${file} says what the code does: npm run docs:rules writes it anew`, () => {
      expect(readFileSync(join(__dirname, '../../../../docs', file), 'utf8')).to.equal(text)
    })
  }
})
