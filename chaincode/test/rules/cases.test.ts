import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { initialSettings, modeOf, rules, ruleInfo, ruleModes, type RuleId } from '@caizheng/records'
import { expect } from 'chai'
import { Judgement } from '../../src/business/judgement.js'
import { check, rule, type Rule } from '../../src/rules/rule.js'
import { firstHalf, ruleCases } from './index.js'

const sources = join(__dirname, '../../../src/rules')

for (const { id, zh, en } of rules) {
  const cases = ruleCases.filter((one) => one.rule === id)
  if (cases.length === 0) continue
  describe(`${id} ${zh}, ${en}`, () => {
    for (const one of cases) {
      it(`${one.gives.length === 0 ? 'passes' : one.gives.join(', ')}: ${one.title}`, () => {
        expect(one.judge()).to.deep.equal(one.gives)
      })
    }
  })
}

describe('the tables of the rules', () => {
  it('have a row that passes and one that fires, of each rule from approval to payment', () => {
    for (const id of firstHalf) {
      const cases = ruleCases.filter((one) => one.rule === id)
      expect(
        cases.some(({ gives }) => gives.length === 0),
        `${id} passes`,
      ).to.equal(true)
      expect(
        cases.some(({ gives }) => gives.length > 0),
        `${id} fires`,
      ).to.equal(true)
    }
  })

  it('fire each condition that a rule has', () => {
    const fired = new Set(ruleCases.flatMap(({ rule: id, gives }) => gives.map((one) => `${id} ${one.split(' ')[0]}`)))
    let conditions = 0
    for (const file of readdirSync(sources).filter((name) => /^r\d\d-/.test(name))) {
      const id = file.slice(0, 3).toUpperCase()
      for (const [, name] of readFileSync(join(sources, file), 'utf8').matchAll(/\bcase: '([A-Z_]+)'/g)) {
        expect([...fired], file).to.include(`${id} ${name}`)
        conditions++
      }
    }
    expect(conditions).to.be.greaterThan(60)
  })

  it('have the titles that they have once', () => {
    const titles = ruleCases.map(({ rule: id, title }) => `${id} ${title}`)
    expect(new Set(titles).size).to.equal(titles.length)
  })
})

describe('the mode of a rule', () => {
  const holds = (id: RuleId): Rule<object> =>
    rule(id, () => [check(false, 'HOLD', { expected: 'something', actual: 'something else' })])
  const rejects = (id: RuleId): Rule<object> =>
    rule(id, () => [check(false, 'REJECT', { expected: 'something', actual: 'something else' })])
  const judged = (id: RuleId, mode: (typeof ruleModes)[number], day = '2026-11-23') =>
    new Judgement({ ...initialSettings, modes: { [id]: mode } }, day)

  for (const { id, structural } of rules) {
    if (structural) {
      it(`cannot be changed of ${id}, which is part of what a record is`, () => {
        for (const mode of ruleModes) {
          const judgement = judged(id, mode).apply(holds(id), {})
          expect(judgement.held).to.equal(true)
          expect(judgement.shadow).to.deep.equal([])
        }
      })
      continue
    }
    it(`OFF, SHADOW, ENFORCE of ${id}: no verdict, a verdict that holds nothing, one that holds`, () => {
      const off = judged(id, 'OFF').apply(holds(id), {}).apply(rejects(id), {})
      expect(off.verdicts).to.deep.equal([])
      off.refuse()

      const shadow = judged(id, 'SHADOW').apply(holds(id), {}).apply(rejects(id), {})
      expect(shadow.verdicts.map(({ outcome }) => outcome)).to.deep.equal(['HOLD', 'REJECT'])
      expect(shadow.shadow).to.deep.equal([id])
      expect(shadow.held).to.equal(false)
      shadow.refuse()

      const enforced = judged(id, 'ENFORCE').apply(holds(id), {})
      expect(enforced.held).to.equal(true)
      expect(() => {
        enforced.apply(rejects(id), {}).refuse()
      }).to.throw('RULES_BROKEN')
    })
  }

  for (const { id, effectiveFrom } of rules) {
    if (effectiveFrom === undefined) continue
    it(`is OFF of ${id} before ${effectiveFrom}, whatever is set`, () => {
      const before = new Date(Date.parse(effectiveFrom) - 86_400_000).toISOString().slice(0, 10)
      expect(judged(id, 'ENFORCE', before).apply(holds(id), {}).verdicts).to.deep.equal([])
      expect(judged(id, 'ENFORCE', effectiveFrom).apply(holds(id), {}).held).to.equal(true)
      expect(modeOf(initialSettings, id, before)).to.equal('OFF')
      expect(modeOf(initialSettings, id, effectiveFrom)).to.equal(ruleInfo(id).mode)
    })
  }

  it('lets a refusal name every broken rule, those on trial too', () => {
    const judgement = new Judgement({ ...initialSettings, modes: { R01: 'ENFORCE', R02: 'SHADOW' } }, '2026-11-23')
    judgement.apply(rejects('R01'), {}).apply(rejects('R02'), {}).apply(holds('R05'), {})
    expect(() => {
      judgement.refuse()
    })
      .to.throw()
      .with.property('message')
      .that.includes('"shadow":["R02"]')
      .and.includes('"rule":"R01"')
      .and.includes('"rule":"R05"')
  })
})
