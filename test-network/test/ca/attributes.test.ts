import { expect } from 'chai'
import fc from 'fast-check'
import { attributeOf, entries, Hf, isTrue, mayActOnType, requireMayGive } from '../../src/ca/attributes.js'
import { CaError } from '../../src/ca/errors.js'
import type { Attribute } from '../../src/ca/fields.js'
import type { IdentityRecord } from '../../src/ca/records.js'

const LISTS = [Hf.roles, Hf.delegateRoles, Hf.attributes]
const BOOLEANS = [Hf.revoker, Hf.genCrl, Hf.affiliationManager, Hf.intermediateCa]
const TYPES = ['client', 'peer', 'admin', 'orderer']

const identity = (attributes: Attribute[]): IdentityRecord => ({
  id: 'someone',
  type: 'client',
  affiliation: '',
  attributes,
  maxEnrollments: 1,
  enrolled: 0,
  revoked: false,
  secret: { salt: '', hash: '' },
  failures: 0,
  lockedUntil: 0,
})

function mayGive(registrar: IdentityRecord, requested: Attribute[]): boolean {
  try {
    requireMayGive(registrar, requested)
    return true
  } catch (error) {
    if (error instanceof CaError) return false
    throw error
  }
}

const list = (...entry: string[]) =>
  fc.array(fc.constantFrom(...entry), { maxLength: 4 }).map((entriesOf) => entriesOf.join(','))
const roles = list('client', 'PEER', 'peer', 'admin', '*', ' orderer')
const names = list('role', 'ro*', '*', 'hf.*', 'desk', ...LISTS, ...BOOLEANS)
const value: Record<string, fc.Arbitrary<string>> = {
  [Hf.roles]: roles,
  [Hf.delegateRoles]: roles,
  [Hf.attributes]: names,
  role: fc.constantFrom('cashier', ''),
  desk: fc.constant('3'),
}
const boolean = fc.constantFrom('true', 'false', 'T', '', '0', 'yes')
const attributes = (most: number) =>
  fc
    .uniqueArray(fc.constantFrom(...LISTS, ...BOOLEANS, 'role', 'desk', 'hf.Type', 'hf.New'), { maxLength: most })
    .chain((chosen) =>
      fc.tuple(...chosen.map((name) => (value[name] ?? boolean).map((text) => ({ name, value: text, ecert: false })))),
    )
/** Registrars, half of whom may give anything that they have. */
const registrars = fc.tuple(attributes(8), fc.boolean()).map(([own, all]) => {
  const anything = { name: Hf.attributes, value: '*', ecert: false }
  return identity(all ? [...own.filter(({ name }) => name !== Hf.attributes), anything] : own)
})

describe('what a registrar may give', () => {
  it('never makes an identity that could do more than the registrar', () => {
    let given = 0
    fc.assert(
      fc.property(registrars, attributes(3), (registrar, requested) => {
        if (!mayGive(registrar, requested)) return
        given += requested.length > 0 ? 1 : 0
        const made = identity(requested)
        for (const type of TYPES) {
          if (mayActOnType(made, type)) expect(mayActOnType(registrar, type)).to.equal(true)
        }
        for (const right of BOOLEANS) if (isTrue(made, right)) expect(isTrue(registrar, right)).to.equal(true)
        for (const { name } of requested)
          expect(name.startsWith('hf.') && !value[name] && !BOOLEANS.some((it) => it === name)).to.equal(false)
        // Nor can it give, to a third, what the registrar couldn't
        for (const name of ['role', 'desk', 'other']) {
          const attribute = [{ name, value: 'x', ecert: false }]
          if (mayGive(made, attribute)) expect(mayGive(registrar, attribute)).to.equal(true)
        }
      }),
      { numRuns: 20_000 },
    )
    // The property must have been looked at, not only avoided
    expect(given).to.be.greaterThan(1000)
  })

  it('is nothing for who has no list', () => {
    expect(entries(attributeOf(identity([]), Hf.attributes))).to.deep.equal([])
    expect(mayGive(identity([]), [])).to.equal(true)
    expect(mayGive(identity([]), [{ name: 'role', value: 'x', ecert: false }])).to.equal(false)
  })
})
