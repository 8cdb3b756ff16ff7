import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import {
  ApproveChaincodeDefinitionArgs,
  ChaincodeDefinition,
  CheckCommitReadinessResult,
  decode,
  encode,
  QueryChaincodeDefinitionArgs,
  StateData,
  StateMetadata,
  type Init,
} from '@caizheng/fabric-wire'
import { expect } from 'chai'
import { startTestNetwork, type TestNetwork } from '../src/index.js'
import { serviceAddress, readPackage } from '../src/lifecycle/read-package.js'
import { InstalledChaincodes, servicePackage } from '../src/lifecycle/index.js'
import { tar } from '../src/lifecycle/tar.js'
import { failure, withContract } from './support/client.js'

const module_ = fileURLToPath(new URL('../../../conformance/contracts/probe.cjs', import.meta.url))
const ANY = "OR('FinanceMSP.peer','AuditMSP.peer','ConstructionMSP.peer')"
const probe = { name: 'probe', endorsementPolicy: ANY, program: { module: module_ } }

type Approval = Init<ApproveChaincodeDefinitionArgs>

describe('approvals and definitions', function () {
  this.timeout(30_000)
  let network: TestNetwork
  before(async () => {
    network = await startTestNetwork({ chaincodes: [probe] })
  })
  after(() => network.stop())

  const lifecycle = (mspId: string, name: string, argument: Uint8Array, organizations = [mspId]) =>
    withContract(network.connect(mspId, 'admin'), '_lifecycle', (contract) =>
      contract.submit(name, { arguments: [argument], endorsingOrganizations: organizations }),
    )
  const approve = (mspId: string, approval: Approval) =>
    lifecycle(mspId, 'ApproveChaincodeDefinitionForMyOrg', encode(ApproveChaincodeDefinitionArgs, approval))
  const ask = (mspId: string, organization: string) =>
    withContract(network.connect(mspId), 'probe', (contract) =>
      contract.evaluate('WhosePeer', { endorsingOrganizations: [organization] }),
    )
  /** The definition of `probe` as it stands, to approve again. */
  const present = async () => {
    const state = network.ledger.snapshot()
    const field = async (name: string) =>
      (await state.get('_lifecycle', `namespaces/fields/probe/${name}`))?.value ?? expect.fail(`no ${name}`)
    const validation = decode(StateData, await field('ValidationInfo')).bytes ?? new Uint8Array()
    await state.close()
    // ValidationInfo: field 2 is the parameter, behind `vscc`
    return { name: 'probe', version: '1.0', sequence: 1, validationParameter: validation.subarray(8) }
  }

  it('are transactions of the organisations when the network starts, one approval each and the commit', async () => {
    const state = network.ledger.snapshot()
    for (const mspId of ['FinanceMSP', 'AuditMSP', 'ConstructionMSP']) {
      const key = 'namespaces/metadata/probe#1'
      const approval = await state.getPrivate(mspId, '_lifecycle', `_implicit_org_${mspId}`, key)
      expect(decode(StateMetadata, approval?.value ?? new Uint8Array())).to.deep.equal({
        datatype: 'ChaincodeParameters',
        fields: ['EndorsementInfo', 'ValidationInfo', 'Collections'],
      })
      const other = await state.getPrivate(mspId, '_lifecycle', '_implicit_org_TaxMSP', key)
      expect(other).to.equal(undefined)
    }
    await state.close()
  })

  it('can be left without a package: the organisation then endorses nothing, and the others go on', async () => {
    const definition = await present()
    await approve('AuditMSP', { ...definition, source: { unavailable: {} } })
    expect(await failure(ask('FinanceMSP', 'AuditMSP'))).to.include('no peers available to evaluate chaincode probe')
    // Its own clients are served by another organisation's peer
    const served = await withContract(network.connect('AuditMSP'), 'probe', (contract) =>
      contract.evaluate('WhosePeer'),
    )
    expect(Buffer.from(served).toString()).to.not.equal('AuditMSP')
    await withContract(network.connect('AuditMSP'), 'probe', (contract) => contract.submitTransaction('Put', 'a', '1'))
    const packageId = 'nothing:00'
    await approve('AuditMSP', { ...definition, source: { localPackage: { packageId } } })
    expect(await failure(ask('FinanceMSP', 'AuditMSP'))).to.include('no peers available to evaluate chaincode probe')
  })

  it('with a policy that is none let nobody endorse, and do not stop the network', async () => {
    const definition = { name: 'garbage', version: '1', sequence: 1, validationParameter: Buffer.from('ffff', 'hex') }
    const all = ['FinanceMSP', 'AuditMSP', 'ConstructionMSP']
    for (const mspId of all) await approve(mspId, { ...definition, source: { unavailable: {} } })
    await lifecycle('FinanceMSP', 'CommitChaincodeDefinition', encode(ChaincodeDefinition, definition), all)
    await withContract(network.connect('FinanceMSP'), 'probe', (contract) =>
      contract.submitTransaction('Put', 'b', '1'),
    )
    await withContract(network.connect('FinanceMSP'), '_lifecycle', (contract) =>
      contract.evaluate('QueryChaincodeDefinition', {
        arguments: [encode(QueryChaincodeDefinitionArgs, { name: 'garbage' })],
      }),
    )
  })

  it('are compared with every organisation of the channel, also those without a peer', async () => {
    const argument = encode(ChaincodeDefinition, { name: 'other', version: '1', sequence: 1 })
    const answer = await withContract(network.connect('FinanceMSP'), '_lifecycle', (contract) =>
      contract.evaluate('CheckCommitReadiness', { arguments: [argument] }),
    )
    const { approvals } = decode(CheckCommitReadinessResult, answer)
    expect([...approvals.keys()]).to.include.members(['FinanceMSP', 'TaxMSP'])
    expect([...approvals.values()]).to.not.include(true)
  })
})

describe('chaincode packages on a peer', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'caizheng-packages-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  it('are there again after a restart', async () => {
    const { bytes, id } = servicePackage('evidence_1.0', '127.0.0.1:9999')
    const installed = await InstalledChaincodes.open(folder)
    await installed.install(bytes)
    const again = await InstalledChaincodes.open(folder)
    expect(again.list().map((one) => [one.id, one.label])).to.deep.equal([[id, 'evidence_1.0']])
    expect(again.get(id)?.bytes).to.deep.equal(Buffer.from(bytes))
    await Promise.all([installed.close(), again.close()])
  })

  it('are installed once, also when two ask at once', async () => {
    const { bytes, id } = servicePackage('evidence_1.0', '127.0.0.1:9999')
    const installed = await InstalledChaincodes.open(folder)
    const asked = [failure(installed.install(bytes)), failure(installed.install(bytes))]
    expect(await Promise.all(asked)).to.have.members([
      '',
      `chaincode already successfully installed (package ID '${id}')`,
    ])
    await installed.close()
  })

  it('are read as other programs write them', async () => {
    await writeFile(join(folder, 'connection.json'), '{"address":"127.0.0.1:7052","dial_timeout":"10s"}')
    await writeFile(join(folder, 'metadata.json'), '{"type":"ccaas","label":"made-by-tar","path":""}')
    await mkdir(join(folder, 'META-INF'))
    execFileSync('tar', ['-czf', 'code.tar.gz', './connection.json', 'META-INF'], { cwd: folder })
    execFileSync('tar', ['-czf', 'package.tgz', 'metadata.json', 'code.tar.gz'], { cwd: folder })
    const content = readPackage(await readFile(join(folder, 'package.tgz')))
    expect(content.label).to.equal('made-by-tar')
    expect(serviceAddress(content)).to.equal('127.0.0.1:7052')
  })

  const json = (value: object) => Buffer.from(JSON.stringify(value))
  const packageOf = (metadata: object, connection: object) => {
    const code = gzipSync(tar([{ name: 'connection.json', content: json(connection) }]))
    return gzipSync(
      tar([
        { name: 'metadata.json', content: json(metadata) },
        { name: 'code.tar.gz', content: code },
      ]),
    )
  }
  const good = { type: 'ccaas', label: 'a' }
  const refused: [what: string, bytes: () => Uint8Array, words: string][] = [
    ['nothing', () => new Uint8Array(), 'error reading as gzip stream'],
    ['no archive', () => gzipSync(Buffer.alloc(1024, 1)), 'invalid tar header'],
    ['no code', () => gzipSync(tar([{ name: 'metadata.json', content: json(good) }])), 'did not find a code package'],
    ['no metadata', () => gzipSync(tar([{ name: 'code.tar.gz', content: json({}) }])), 'missing metadata.json'],
    ['another type', () => packageOf({ ...good, type: 'golang' }, {}), "packages of the type 'ccaas' only"],
    ['no address', () => packageOf(good, {}), "names no 'address'"],
    ['TLS', () => packageOf(good, { address: 'a:1', tls_required: true }), 'tls_required must be false'],
  ]
  for (const [what, bytes, words] of refused) {
    it(`are refused with ${what}, and leave nothing behind`, async () => {
      const installed = await InstalledChaincodes.open(folder)
      expect(await failure(installed.install(bytes()))).to.include(words)
      expect((await InstalledChaincodes.open(folder)).list()).to.deep.equal([])
    })
  }
})
