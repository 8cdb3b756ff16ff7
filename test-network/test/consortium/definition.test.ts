import { expect } from 'chai'
import {
  defaultConsortium,
  nodeOrganizations,
  organizationsWithoutNode,
  validateDefinition,
  type ConsortiumDefinition,
} from '../../src/consortium/index.js'
import { refusal } from './support.js'

type Editable = ReturnType<typeof editable>
const editable = () =>
  JSON.parse(JSON.stringify(defaultConsortium)) as {
    -readonly [K in keyof ConsortiumDefinition]: ConsortiumDefinition[K] extends readonly object[]
      ? Record<string, unknown>[]
      : Record<string, unknown>
  }

const broken: [path: string, edit: (definition: Editable) => void][] = [
  ['channel', (it) => Object.assign(it, { channel: 'Fiscal' })],
  ['channel', (it) => Reflect.deleteProperty(it, 'channel')],
  ['organizations', (it) => Reflect.deleteProperty(it, 'organizations')],
  ['organizations', (it) => it.organizations.forEach((organization) => delete organization['peer'])],
  ['organizations[1].mspId', (it) => Object.assign(it.organizations[1] ?? {}, { mspId: 'FinanceMSP' })],
  ['organizations[1].mspId', (it) => Reflect.deleteProperty(it.organizations[1] ?? {}, 'mspId')],
  ['organizations[2].mspId', (it) => Object.assign(it.organizations[2] ?? {}, { mspId: '../escape' })],
  ['organizations[3].domain', (it) => Object.assign(it.organizations[3] ?? {}, { domain: '../../etc' })],
  ['organizations[3].domain', (it) => Object.assign(it.organizations[3] ?? {}, { domain: `${'a'.repeat(44)}.test` })],
  ['organizations[3].name', (it) => Reflect.deleteProperty(it.organizations[3] ?? {}, 'name')],
  ['organizations[0].peer.port', (it) => Object.assign(it.organizations[0] ?? {}, { peer: { host: 'a', port: 0 } })],
  ['organizations[0].peer.host', (it) => Object.assign(it.organizations[0] ?? {}, { peer: { host: 'A b', port: 1 } })],
  ['ordererOrganizations[0].mspId', (it) => Object.assign(it.ordererOrganizations[0] ?? {}, { mspId: 'AuditMSP' })],
  [
    'ordererOrganizations[0].domain',
    (it) => Object.assign(it.ordererOrganizations[0] ?? {}, { domain: 'tax.fiscal.test' }),
  ],
  ['ordererOrganizations[3]', (it) => Object.assign(it.consenters[3] ?? {}, { mspId: 'AuditOrdererMSP' })],
  ['consenters', (it) => it.consenters.pop()],
  ['consenters[2].id', (it) => Object.assign(it.consenters[2] ?? {}, { id: 1 })],
  ['consenters[2].mspId', (it) => Object.assign(it.consenters[2] ?? {}, { mspId: 'FinanceMSP' })],
  ['consenters[2].port', (it) => Object.assign(it.consenters[2] ?? {}, { port: 70_000 })],
  // The other one of the two has the same address
  ['organizations[0].peer', (it) => Object.assign(it.organizations[0] ?? {}, { peer: it.consenters[0] })],
  ['batch', (it) => Reflect.deleteProperty(it, 'batch')],
  ['batch.maxMessages', (it) => Object.assign(it.batch, { maxMessages: 0 })],
  ['batch.absoluteMaxBytes', (it) => Object.assign(it.batch, { absoluteMaxBytes: 1024 })],
  ['batch.preferredMaxBytes', (it) => Object.assign(it.batch, { preferredMaxBytes: 11 * 1024 * 1024 })],
  ['batch.intervalMs', (it) => Object.assign(it.batch, { intervalMs: 0.5 })],
  ['validity.identityYears', (it) => Object.assign(it.validity, { identityYears: 21 })],
  ["accessControl['peer/Propose']", (it) => Object.assign(it, { accessControl: { 'peer/Propose': 'Writers' } })],
]

describe('consortium definition', () => {
  it('has three node organisations, five without a node and four consenters by default', () => {
    expect(() => validateDefinition(defaultConsortium)).not.to.throw()
    expect(nodeOrganizations(defaultConsortium)).to.deep.equal(['FinanceMSP', 'AuditMSP', 'ConstructionMSP'])
    expect(organizationsWithoutNode(defaultConsortium)).to.deep.equal([
      'DevelopmentMSP',
      'PlanningMSP',
      'TaxMSP',
      'BankMSP',
      'PartiesMSP',
    ])
    expect(new Set(defaultConsortium.consenters.map(({ mspId }) => mspId)).size).to.equal(4)
  })

  for (const [path, edit] of broken) {
    it(`names ${path} where ${edit.toString().replace(/^.*?=> /, '')}`, async () => {
      const definition = editable()
      edit(definition)
      const error = await refusal('DEFINITION_INVALID', () =>
        validateDefinition(definition as unknown as ConsortiumDefinition),
      )
      expect(error.path).to.equal(path)
      expect(error.message).to.match(/^\S.*: \S+/)
    })
  }
})
