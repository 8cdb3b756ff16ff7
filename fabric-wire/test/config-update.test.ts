import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import fc from 'fast-check'
import {
  authorizeUpdate,
  channelConfigOf,
  computeUpdate,
  ConfigError,
  ConfigGroup,
  ConfigUpdate,
  ConfigUpdateEnvelope,
  configUpdateOf,
  copyOfConfig,
  encode,
  identify,
  parseBlock,
  readChannelConfig,
  requireSuccessor,
  requireWhole,
  toHex,
  type ChannelConfig,
} from '../src/index.js'

const fixture = (name: string) =>
  parseBlock(
    readFileSync(fileURLToPath(new URL(`../../test/fixtures/fabric/chain/blocks/${name}.block`, import.meta.url))),
  )

/** The recorded chain's first configuration, and the update that real Fabric took in block 10. */
const genesis = channelConfigOf(fixture('0'))
const recorded = fixture('10')
const update = configUpdateOf(recorded)
if (!update) throw new Error('block 10 is a configuration block')
const signers = update.signatures.map(({ creator }) => identify(genesis.msps, creator))

const without = (group: ConfigGroup): ConfigGroup => {
  const bare = <T extends { version: number }>(all: Map<string, T>): Map<string, T> =>
    new Map([...all].map(([name, one]) => [name, { ...one, version: 0 }]))
  return {
    ...group,
    version: 0,
    values: bare(group.values),
    policies: bare(group.policies),
    groups: new Map([...group.groups].map(([name, child]) => [name, without(child)])),
  }
}
const contents = (group: ConfigGroup): string => toHex(encode(ConfigGroup, without(group)))
const codeOf = (work: () => unknown): string => {
  try {
    work()
  } catch (error) {
    if (error instanceof ConfigError) return `${error.code}: ${error.message}`
    throw error
  }
  return 'taken'
}

describe('an update that real Fabric took', () => {
  const next = channelConfigOf(recorded)

  it('makes of the configuration what Fabric made of it', () => {
    const group = authorizeUpdate(genesis, update.update, signers)
    expect(toHex(encode(ConfigGroup, group))).to.equal(toHex(encode(ConfigGroup, next.group)))
    expect(requireSuccessor(genesis, group).sequence).to.equal(next.sequence)
  })

  it('is computed from the two configurations as Fabric’s own tool computed it', () => {
    const { channelId, group } = genesis
    const computed = computeUpdate(channelId, group, next.group)
    expect(toHex(encode(ConfigUpdate, computed))).to.equal(toHex(encode(ConfigUpdate, update.update)))
  })

  it('is refused with too few signatures, twice, and on another channel', () => {
    expect(codeOf(() => authorizeUpdate(genesis, update.update, []))).to.match(/^UNAUTHORIZED_UPDATE: .*not satisfied/)
    expect(codeOf(() => authorizeUpdate(next, update.update, signers))).to.match(/^STALE_UPDATE/)
    const elsewhere = { ...update.update, channelId: 'other' }
    expect(codeOf(() => authorizeUpdate(genesis, elsewhere, signers))).to.match(/^INVALID_UPDATE/)
  })

  it('is refused with a field that we would leave out', () => {
    const bytes = encode(ConfigUpdate, update.update)
    const envelope = (configUpdate: Uint8Array) => encode(ConfigUpdateEnvelope, { configUpdate })
    expect(codeOf(() => requireWhole(envelope(bytes)))).to.equal('taken')
    // Field 15, a varint
    expect(codeOf(() => requireWhole(envelope(Buffer.concat([bytes, Uint8Array.of(0x78, 1)]))))).to.match(
      /^INVALID_UPDATE/,
    )
  })
})

describe('computed updates', () => {
  const names = fc.constantFrom('A', 'B', 'C')
  const modPolicy = fc.constantFrom('Admins', '/Channel/Admins')
  const version = fc.nat(3)
  const value = fc.record({ version, modPolicy, value: fc.uint8Array({ maxLength: 2 }) })
  const policy = fc.record({
    version,
    modPolicy,
    policy: fc.record({ type: fc.constant(1), value: fc.uint8Array({ maxLength: 2 }) }),
  })
  const mapOf = <T>(content: fc.Arbitrary<T>): fc.Arbitrary<Map<string, T>> =>
    fc.dictionary(names, content, { maxKeys: 3 }).map((object) => new Map(Object.entries(object)))
  const groupOf = (depth: number): fc.Arbitrary<ConfigGroup> =>
    fc.record({
      version,
      modPolicy,
      values: mapOf(value),
      policies: mapOf(policy),
      groups: depth === 0 ? fc.constant(new Map<string, ConfigGroup>()) : mapOf(groupOf(depth - 1)),
    })
  /** Where everyone may change everything. */
  const open = (group: ConfigGroup): Pick<ChannelConfig, 'channelId' | 'group' | 'policies'> => ({
    channelId: 'fiscal',
    group,
    policies: { ...genesis.policies, refusal: () => undefined },
  })

  it('make the wanted configuration of the present one, and fit no other state of it', () => {
    fc.assert(
      fc.property(groupOf(2), groupOf(2), (present, wanted) => {
        fc.pre(contents(present) !== contents(wanted))
        const computed = computeUpdate('fiscal', present, wanted)
        const made = authorizeUpdate(open(present), computed, [])
        expect(contents(made)).to.equal(contents(wanted))
        expect(codeOf(() => authorizeUpdate(open(made), computed, []))).to.not.equal('taken')
      }),
      { numRuns: 300 },
    )
  })

  it('are none where nothing differs but versions', () => {
    fc.assert(
      fc.property(groupOf(2), (group) => {
        expect(codeOf(() => computeUpdate('fiscal', group, without(group)))).to.match(/no differences/)
      }),
      { numRuns: 50 },
    )
  })
})

describe('what comes out of an update', () => {
  const changed = (change: (group: ConfigGroup) => void): string => {
    const group = copyOfConfig(genesis.group)
    change(group)
    return codeOf(() => requireSuccessor(genesis, group))
  }

  it('must be a channel', () => {
    expect(changed(() => undefined)).to.equal('taken')
    const value = (bytes: Uint8Array) => ({ version: 0, modPolicy: 'Admins', value: bytes })
    expect(changed((group) => group.groups.delete('Orderer'))).to.include('orderer section')
    expect(changed((group) => group.groups.set('Consortiums', group))).to.include('Disallowed channel group')
    expect(changed((group) => group.values.delete('HashingAlgorithm'))).to.include('Unknown hashing algorithm')
    expect(changed((group) => group.groups.get('Orderer')?.values.delete('BatchTimeout'))).to.include('batch timeout')
    expect(
      changed((group) =>
        group.groups.get('Application')?.values.set('Capabilities', value(Buffer.from('0a060a0456395f39', 'hex'))),
      ),
    ).to.include('unsupported application capabilities')
    expect(
      changed((group) => group.policies.set('Admins', { version: 0, modPolicy: 'Admins', policy: undefined })),
    ).to.include('initializing channelconfig failed')
  })

  it('keeps the MSP ids of its organisations', () => {
    const applications = genesis.organizations.map(({ name }) => name)
    const [first = '', second = ''] = applications
    const message = changed((group) => {
      const organizations = group.groups.get('Application')?.groups
      const other = organizations?.get(second)
      if (other) organizations?.set(first, other)
    })
    expect(message).to.include('attempted to change MSP ID')
  })

  it('is of the next sequence', () => {
    expect(readChannelConfig('fiscal', { sequence: 4, channelGroup: genesis.group }).sequence).to.equal(4)
    expect(requireSuccessor(genesis, genesis.group).sequence).to.equal(genesis.sequence + 1)
  })
})
