import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { conditionOf, inChinese, ruleInfo } from '@caizheng/records'
import { expect } from 'chai'
import { decodeFacts, encodeFacts } from '../../src/business/facts.js'
import { RULES_RELEASE } from '../../src/rules/release.js'
import { nameOf, ruleOf } from '../../src/rules/rule-set.js'
import { ruleCases } from './index.js'

describe('what is kept of a judgement', () => {
  it('names every rule that there is, by the name of its export', () => {
    const folder = join(__dirname, '../../src/rules')
    let rules = 0
    for (const file of readdirSync(folder).filter((name) => /^r\d\d-.*\.js$/.test(name))) {
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- whatever files there are
      const module = require(join(folder, file)) as Record<string, unknown>
      for (const [name, value] of Object.entries(module)) {
        if (typeof value !== 'object' || value === null || !('judge' in value)) continue
        expect(nameOf(value as never), `${file}: add it to rule-set.ts`).to.equal(name)
        expect(ruleOf(RULES_RELEASE, name)).to.equal(value)
        rules++
      }
    }
    expect(rules).to.be.greaterThan(40)
    expect(ruleOf('0', 'R02')).to.equal(undefined)
  })

  it('judges the same when read again, in each row of the rules’ tables', () => {
    for (const { rule, title, findings, replayed } of ruleCases) {
      expect(replayed?.(), `${rule} ${title}`).to.deep.equal(findings?.())
    }
  })

  it('keeps whole numbers, texts and lists, and leaves out what is undefined', () => {
    const facts = { fen: 10n ** 15n, minus: -1n, days: 3, none: undefined, null: null, list: [1n, { a: '1', b: true }] }
    const { none, ...rest } = facts
    expect(none).to.equal(undefined)
    expect(decodeFacts(JSON.parse(JSON.stringify(encodeFacts(facts))))).to.deep.equal(rest)
  })
})

describe('what is said of a condition', () => {
  it('is there for each that holds, marks or alerts: what must hold, what to do, who', () => {
    const seen = new Set<string>()
    for (const { rule, findings } of ruleCases) {
      for (const { case: which, outcome, expected, actual } of findings?.() ?? []) {
        if (outcome === 'PASS' || outcome === 'REJECT') continue
        const of = which === undefined ? { rule } : { rule, case: which }
        const id = `${rule}.${which ?? ''}`
        const said = conditionOf(of)
        expect(said, `${id}: say it in records/src/explain`).to.not.equal(undefined)
        expect(said?.by, id).to.not.be.empty
        for (const zh of [said?.zh, said?.toDoZh]) expect(zh, id).to.match(/\p{Script=Han}/u)
        for (const text of [expected, actual]) {
          // Codes of records may stand in it; words of English may not.
          const words = inChinese(text).match(/(?<![\w.-])[a-z]{2,}(?![\w.-])/g) ?? []
          expect(
            words.filter((word) => word !== 'kg' && !/^[a-f]{8}$/.test(word)),
            `${id}: say "${text}" in chinese.ts`,
          ).to.deep.equal([])
        }
        seen.add(id)
      }
    }
    expect(seen.size).to.be.greaterThan(35)
  })

  it('is said of conditions of rules that there are', () => {
    expect(conditionOf({ rule: 'R02', case: 'NONSENSE' })).to.equal(undefined)
    expect(conditionOf({ rule: 'toString' })).to.equal(undefined)
    expect(ruleInfo('R02').id).to.equal('R02')
  })
})
