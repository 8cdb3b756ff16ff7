import fc from 'fast-check'
import {
  guardedKeys,
  members,
  namespaces,
  plainKeys,
  policies,
  rows,
  type PolicyName,
  type Program,
  type ProgramTransaction,
  type Step,
} from '../../src/programs/index.js'

const ORGANIZATIONS = ['FinanceMSP', 'AuditMSP', 'ConstructionMSP']
const CREATORS = [...ORGANIZATIONS, 'TaxMSP', 'PartiesMSP']

/** One of them more than the others, so that transactions meet. */
const plain = fc.oneof(
  { weight: 2, arbitrary: fc.constant(plainKeys[0]) },
  { weight: 3, arbitrary: fc.constantFrom(...plainKeys) },
)
const guarded = fc.constantFrom(...guardedKeys)
const anyKey = fc.oneof({ weight: 3, arbitrary: plain }, { weight: 1, arbitrary: guarded })
const row = fc.nat({ max: 69 }).map((n) => rows + String(n).padStart(2, '0'))
const value = fc.constantFrom('1', '2', '中文', '\0')
const policy = fc.constantFrom(...(Object.keys(policies) as PolicyName[]))
const bound = fc.constantFrom('', 'a', 'b', 'r', 'r30', '~', '中')

const tuple = <T extends Step>(...parts: { [At in keyof T]: fc.Arbitrary<T[At]> }): fc.Arbitrary<Step> =>
  fc.tuple(...(parts as unknown as fc.Arbitrary<unknown>[])) as unknown as fc.Arbitrary<Step>
const named = <Name extends Step[0]>(...names: Name[]): fc.Arbitrary<Name> => fc.constantFrom(...names)

const publicStep = fc.oneof(
  { weight: 4, arbitrary: tuple(named('get'), anyKey) },
  { weight: 4, arbitrary: tuple(named('put'), anyKey, value) },
  { weight: 2, arbitrary: tuple(named('delete'), fc.oneof(plain, row)) },
  { weight: 2, arbitrary: tuple(named('setPolicy'), guarded, policy) },
  { weight: 1, arbitrary: tuple(named('getPolicy'), anyKey) },
  { weight: 2, arbitrary: tuple(named('range'), bound, bound) },
  { weight: 1, arbitrary: tuple(named('fill'), fc.constant(rows), fc.constantFrom(5, 70)) },
  { weight: 1, arbitrary: tuple(named('event'), fc.constantFrom('e1', 'e2'), value) },
)

const privateStep = (collection: fc.Arbitrary<string>) =>
  fc.oneof(
    { weight: 2, arbitrary: tuple(named('getPrivate'), collection, anyKey) },
    { weight: 2, arbitrary: tuple(named('getHash'), collection, anyKey) },
    { weight: 5, arbitrary: tuple(named('putPrivate'), collection, anyKey, value) },
    { weight: 1, arbitrary: tuple(named('deletePrivate'), collection, plain) },
    { weight: 1, arbitrary: tuple(named('purge'), collection, plain) },
    { weight: 2, arbitrary: tuple(named('setPrivatePolicy'), collection, guarded, policy) },
    { weight: 1, arbitrary: tuple(named('getPrivatePolicy'), collection, anyKey) },
  )

const steps = (step: fc.Arbitrary<Step>) => fc.array(step, { minLength: 1, maxLength: 4 })
const someOf = (from: readonly string[]) =>
  fc.oneof(
    { weight: 2, arbitrary: fc.constant([...from]) },
    { weight: 3, arbitrary: fc.subarray([...from], { minLength: 1 }) },
  )
const common = {
  creator: fc.oneof(
    { weight: 2, arbitrary: fc.constant('FinanceMSP') },
    { weight: 2, arbitrary: fc.constantFrom(...CREATORS) },
  ),
  spoilt: fc.integer({ min: 0, max: 19 }).map((n) => n === 19),
}

/** As many as the chaincode's policy wants, mostly. */
const endorsersOf = (chaincode: string) =>
  fc.oneof(
    { weight: 3, arbitrary: someOf(ORGANIZATIONS) },
    { weight: chaincode.includes('all') ? 12 : 2, arbitrary: fc.constant([...ORGANIZATIONS]) },
  )

/** Public reads and writes, some through another chaincode. */
const publicTransaction: fc.Arbitrary<ProgramTransaction> = fc
  .constantFrom('any-two', 'any-two', ...Object.keys(namespaces))
  .chain((chaincode) => {
    const others = Object.keys(namespaces).filter((one) => one !== chaincode)
    const call = tuple(named('call'), fc.constantFrom(...others), steps(publicStep))
    return fc.record({
      ...common,
      chaincode: fc.constant(chaincode),
      endorsers: endorsersOf(chaincode),
      steps: steps(fc.oneof({ weight: 9, arbitrary: publicStep }, { weight: 1, arbitrary: call })),
    })
  })

/** Private data of one collection with some public steps; of an implicit one only its organisation has the values. */
const privateTransaction: fc.Arbitrary<ProgramTransaction> = fc
  .constantFrom(
    ...Object.entries(namespaces).flatMap(([chaincode, names]) => names.map((name) => [chaincode, name] as const)),
  )
  .chain(([chaincode, collection]) => {
    const implicit = collection.startsWith('_implicit')
    const endorsers = implicit
      ? someOf(ORGANIZATIONS.slice(1)).map((others) => [...members(collection), ...others.slice(0, 1)])
      : fc.oneof(
          { weight: 3, arbitrary: fc.constant([...members(collection)]) },
          { weight: 3, arbitrary: endorsersOf(chaincode) },
        )
    const step = fc.oneof(
      { weight: 4, arbitrary: privateStep(fc.constant(collection)) },
      { weight: 1, arbitrary: publicStep },
    )
    return fc.record({ ...common, chaincode: fc.constant(chaincode), endorsers, steps: steps(step) })
  })

/** Reads that Fabric allows only in transactions which write nothing. */
const readingTransaction: fc.Arbitrary<ProgramTransaction> = fc
  .constantFrom('private', 'private-all-three')
  .chain((chaincode) => {
    const collection = fc.constantFrom(...(namespaces[chaincode] ?? []))
    return fc.record({
      ...common,
      chaincode: fc.constant(chaincode),
      endorsers: someOf(['FinanceMSP', 'AuditMSP']),
      steps: steps(
        fc.oneof(
          tuple(named('page'), bound, bound, fc.constantFrom(1, 3, 60)),
          tuple(named('rangePrivate'), collection, bound, bound),
          tuple(named('getPrivate'), collection, anyKey),
        ),
      ),
    })
  })

const transaction = fc.oneof(
  { weight: 5, arbitrary: publicTransaction },
  { weight: 5, arbitrary: privateTransaction },
  { weight: 1, arbitrary: readingTransaction },
)

/** Random programs of up to `rounds` rounds with up to `size` transactions each. */
export function programs({ rounds = 4, size = 16 } = {}): fc.Arbitrary<Program> {
  return fc.array(fc.array(transaction, { minLength: 1, maxLength: size, size: 'max' }), {
    minLength: 1,
    maxLength: rounds,
    size: 'max',
  })
}
