import { readFile } from 'node:fs/promises'
import { expect } from 'chai'
import { isRuleId, ruleFormulasZh, ruleInfo, rules, settingNames, settingsRequest } from '../src/index.js'

/** A rule as the list has it that the catalogue is built from. */
interface Listed {
  readonly id: string
  readonly name_zh: string
  readonly name_en: string
  readonly formula: string
  readonly outcome: string
  readonly outcomeNote?: string
  readonly scope: readonly string[]
  readonly params: readonly { readonly name: string; readonly default: unknown; readonly unit: string }[]
  readonly source: string
  readonly confidence: string
  readonly structural: boolean
  readonly defaultMode: string
  readonly effectiveFrom?: string
  /** The tick that asks a rule of time: the request of `RunTick` says so itself. */
  readonly tick?: string
}

const list = JSON.parse(
  await readFile(new URL('../../test/fixtures/rules.json', import.meta.url), 'utf8'),
) as readonly Listed[]

describe('the catalogue of rules', () => {
  it('has the rules of the list, none dropped, none besides', () => {
    expect(rules.map(({ id }) => id)).to.deep.equal(list.map(({ id }) => id))
  })

  for (const { tick, ...listed } of list) {
    it(`says of ${listed.id} what the list says`, () => {
      const { id, zh, en, note, parameters, mode, ...same } = ruleInfo(listed.id as 'R01')
      expect({
        id,
        name_zh: zh,
        name_en: en,
        ...(note === undefined ? {} : { outcomeNote: note }),
        params: parameters
          .filter(({ added }) => added !== true)
          .map(({ name, initial, unit }) => ({ name, default: initial, unit })),
        defaultMode: mode,
        ...same,
      }).to.deep.equal(listed)
      expect(tick === undefined || listed.scope.includes('runTick')).to.equal(true)
    })
  }

  it('has a Chinese formula of each', () => {
    expect(Object.keys(ruleFormulasZh)).to.have.members(list.map(({ id }) => id))
    for (const [id, text] of Object.entries(ruleFormulasZh)) expect(text, id).to.match(/\p{Script=Han}.{5}/u)
  })

  it('knows its ids, and no others', () => {
    expect(isRuleId('R01')).to.equal(true)
    for (const id of ['R13', 'R99', 'r01', '', 'constructor']) expect(isRuleId(id), id).to.equal(false)
    expect(() => ruleInfo('R13' as never)).to.throw(RangeError)
  })
})

describe('settings of rules', () => {
  const request = { number: 1, effectiveDate: '2026-01-01', modes: {}, values: {} }
  const refused = (change: object): void => {
    expect(() => settingsRequest.parse({ ...request, ...change }), JSON.stringify(change)).to.throw('settings')
  }

  it('take every initial value, and any mode of a rule that is not structural', () => {
    for (const { id, structural, parameters } of rules) {
      for (const { name, initial } of parameters) {
        if (!settingNames.has(`${id}.${name}`)) continue
        settingsRequest.parse({ ...request, values: { [`${id}.${name}`]: initial } })
      }
      for (const mode of ['OFF', 'SHADOW']) {
        if (structural) refused({ modes: { [id]: mode } })
        else settingsRequest.parse({ ...request, modes: { [id]: mode } })
      }
    }
  })

  it('take no value of another kind than the initial one: no rule could read it', () => {
    for (const { id, parameters } of rules) {
      for (const { name, initial } of parameters) {
        if (!settingNames.has(`${id}.${name}`)) continue
        for (const other of [true, 1, '1', ['R01'], [1], null, {}, 0.5, -1]) {
          const kindOf = (value: unknown): string => (Array.isArray(value) ? `${typeof value[0]}[]` : typeof value)
          if (kindOf(other) === kindOf(initial) && other !== 0.5 && other !== -1) continue
          refused({ values: { [`${id}.${name}`]: other } })
        }
      }
    }
  })

  it('name rules and parameters that there are', () => {
    refused({ modes: { R13: 'OFF' } })
    refused({ modes: { R01: 'ON' } })
    refused({ values: { 'R02.contract.progressRateBp': 8000 } })
    refused({ values: { 'R03.other': 1 } })
    refused({ values: { constructor: 1 } })
  })
})
