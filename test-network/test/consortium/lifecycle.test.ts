import { readFileSync } from 'node:fs'
import { ApplicationPolicy, decode, encode, StateMetadata } from '@caizheng/fabric-wire'
import { expect } from 'chai'
import {
  lifecycleKeys,
  readChaincodeDefinition,
  sequenceKey,
  type ChaincodeSpecification,
} from '../../src/consortium/index.js'
import { define } from '../../src/lifecycle/approve.js'
import { definitionOf } from '../../src/lifecycle/index.js'
import { refusal } from './support.js'

/**
 * Writes in `_lifecycle` that peers of Fabric 3.1 put into blocks, base64: `anchor`, then `evidence` with an upgrade,
 * then `charter`.
 */
const recorded = JSON.parse(
  readFileSync(new URL('../../../test/consortium/fixtures/lifecycle-writes.json', import.meta.url), 'utf8'),
) as Record<'anchor' | 'evidence' | 'evidenceUpgrade' | 'charter', Record<string, string>>

const TWO_OF_THREE = "OutOf(2,'FinanceMSP.peer','AuditMSP.peer','ConstructionMSP.peer')"

const evidence: ChaincodeSpecification = {
  name: 'evidence',
  version: '1.0.0+abc',
  sequence: 1,
  endorsementPolicy: TWO_OF_THREE,
  collections: [
    {
      name: 'priv',
      policy: "OR('FinanceMSP.member','AuditMSP.member')",
      requiredPeerCount: 0,
      maxPeerCount: 1,
      blockToLive: 7,
      memberOnlyRead: true,
      endorsementPolicy: "AND('FinanceMSP.peer','AuditMSP.peer')",
    },
  ],
}

interface LifecycleWrite {
  key: string
  value: Uint8Array
}

/** What a commit of the definition writes over a state, ascending by key as a write set lists it. */
async function writesOf(
  specification: ChaincodeSpecification,
  current: ReadonlyMap<string, Uint8Array> = new Map(),
): Promise<LifecycleWrite[]> {
  const writes: LifecycleWrite[] = []
  await define(definitionOf(specification), {
    get: (key) => Promise.resolve(current.get(key)),
    put: (key, value) => Promise.resolve(void writes.push({ key, value })),
  })
  return writes.sort((a, b) => (a.key < b.key ? -1 : 1))
}

const base64 = (writes: LifecycleWrite[]) =>
  Object.fromEntries(writes.map(({ key, value }) => [key, Buffer.from(value).toString('base64')]))
const stateOf = (writes: LifecycleWrite[]) => new Map(writes.map(({ key, value }) => [key, value]))
const reader = (state: ReadonlyMap<string, Uint8Array>) => async (key: string) => state.get(key)

describe('state of a chaincode definition', () => {
  it('is what a peer of Fabric wrote for `anchor`', async () => {
    const writes = await writesOf({ name: 'anchor', version: '1.0', sequence: 1, endorsementPolicy: TWO_OF_THREE })
    expect(base64(writes)).to.deep.equal(recorded.anchor)
    // A write set lists its keys in ascending order
    expect(writes.map(({ key }) => key)).to.deep.equal(Object.keys(recorded.anchor))
    expect(writes.map(({ key }) => key)).to.deep.equal(lifecycleKeys('anchor'))
  })

  it('is what a peer wrote with a private collection', async () => {
    expect(base64(await writesOf(evidence))).to.deep.equal(recorded.evidence)
  })

  it("is what a peer wrote where the policy is the channel's", async () => {
    expect(base64(await writesOf({ name: 'charter', version: '1', sequence: 1 }))).to.deep.equal(recorded.charter)
  })

  it('writes of an upgrade only what changes, as a peer does', async () => {
    const next = { ...evidence, version: '2.0.0', sequence: 2, initRequired: true }
    expect(base64(await writesOf(next, stateOf(await writesOf(evidence))))).to.deep.equal(recorded.evidenceUpgrade)
  })

  it('reads a definition back', async () => {
    const state = stateOf(await writesOf(evidence))
    const { validationParameter, collections, endorsementPolicy, ...read } =
      (await readChaincodeDefinition('evidence', reader(state))) ?? expect.fail('not found')
    expect(read).to.deep.equal({
      name: 'evidence',
      version: '1.0.0+abc',
      sequence: 1,
      initRequired: false,
      endorsementPlugin: 'escc',
      validationPlugin: 'vscc',
    })
    expect(encode(ApplicationPolicy, endorsementPolicy)).to.deep.equal(validationParameter)
    expect(decode(ApplicationPolicy, validationParameter).signaturePolicy?.rule?.nOutOf?.n).to.equal(2)
    expect(
      collections.map(({ name, blockToLive, memberOnlyRead }) => ({ name, blockToLive, memberOnlyRead })),
    ).to.deep.equal([{ name: 'priv', blockToLive: 7, memberOnlyRead: true }])
    const charter = stateOf(await writesOf({ name: 'charter', version: '1', sequence: 1 }))
    const definition = await readChaincodeDefinition('charter', reader(charter))
    expect(definition?.endorsementPolicy.channelConfigPolicyReference).to.equal('/Channel/Application/Endorsement')
  })

  it('finds nothing where there is nothing, and says what it cannot read', async () => {
    expect(await readChaincodeDefinition('payment', reader(new Map()))).to.equal(undefined)
    const state = stateOf(await writesOf(evidence))
    const foreign = encode(StateMetadata, { datatype: 'Other', fields: [] })
    for (const [key, value] of [
      ['namespaces/metadata/evidence', foreign],
      [sequenceKey('evidence'), Buffer.from('ff', 'hex')],
    ] as const) {
      const damaged = new Map(state).set(key, value)
      await refusal('LIFECYCLE_INVALID', () => readChaincodeDefinition('evidence', reader(damaged)))
    }
  })

  const collection = { name: 'priv', policy: "OR('FinanceMSP.member')" }
  const refused: [path: string, specification: Partial<ChaincodeSpecification>][] = [
    ['name', { name: 'with space' }],
    ['name', { name: '_lifecycle' }],
    ['name', { name: 'qscc' }],
    ['version', { version: '' }],
    ['sequence', { sequence: 0 }],
    ['endorsementPolicy', { endorsementPolicy: 'two of three' }],
    ["collections['_x'].name", { collections: [{ ...collection, name: '_x' }] }],
    ["collections['priv'].name", { collections: [collection, collection] }],
    ["collections['priv'].policy", { collections: [{ ...collection, policy: "AND('A.member','B.member')" }] }],
    ["collections['priv'].requiredPeerCount", { collections: [{ ...collection, requiredPeerCount: 2 }] }],
    ["collections['priv'].endorsementPolicy", { collections: [{ ...collection, endorsementPolicy: 'nobody' }] }],
  ]
  for (const [path, part] of refused) {
    it(`refuses ${JSON.stringify(part)}`, async () => {
      const error = await refusal('LIFECYCLE_INVALID', () => writesOf({ ...evidence, ...part }))
      expect(error.path).to.equal(path)
    })
  }
})
