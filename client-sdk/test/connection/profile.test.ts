import { expect } from 'chai'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadProfile, type Profile } from '../../src/connection/profile.js'
import { codeOf } from '../support.js'

const valid: Profile = {
  kind: 'caizheng-profile',
  version: 1,
  channel: 'fiscal',
  mspId: 'FinanceMSP',
  gateway: '127.0.0.1:7051',
  certificate: 'user.pem',
  privateKey: 'user.key',
  organizations: ['FinanceMSP', 'AuditMSP', 'ConstructionMSP'],
}

describe('profile', () => {
  let folder: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'caizheng-profile-'))
  })
  after(() => rm(folder, { recursive: true }))

  it('is read from a file, with paths relative to it', async () => {
    const path = join(folder, 'finance.json')
    await writeFile(path, JSON.stringify(valid))
    expect(await loadProfile(path)).to.deep.equal({ profile: valid, folder, name: path })
  })

  it('is taken as an object, with paths relative to the working directory', async () => {
    expect((await loadProfile(valid)).folder).to.equal(process.cwd())
  })

  it('says which file is missing', async () => {
    const { code, message } = await codeOf(loadProfile(join(folder, 'absent.json')))
    expect(code).to.equal('PROFILE_NOT_FOUND')
    expect(message).to.include(join(folder, 'absent.json'))
  })

  it('says that a file is not JSON', async () => {
    const path = join(folder, 'broken.json')
    await writeFile(path, '{"kind":')
    expect((await codeOf(loadProfile(path))).code).to.equal('PROFILE_INVALID')
  })

  const wrong: readonly (readonly [name: string, change: Record<string, unknown>, says: string])[] = [
    ['another kind', { kind: 'profile' }, '"kind"'],
    ['a newer version', { version: 2 }, '"version"'],
    ['no channel', { channel: undefined }, '"channel"'],
    ['an empty MSP id', { mspId: '' }, '"mspId"'],
    ['a certificate that is no text', { certificate: 7 }, '"certificate"'],
    ['a misspelt field', { tlsRoot: 'ca.pem' }, 'unknown field "tlsRoot"'],
    ['no organisations', { organizations: [] }, '"organizations"'],
    ['an organisation twice', { organizations: ['AuditMSP', 'AuditMSP'] }, 'AuditMSP twice'],
    ['an address without a port', { gateway: '127.0.0.1' }, '"gateway"'],
    ['a port out of range', { gateway: '127.0.0.1:70000' }, '"gateway"'],
    ['a plain connection to another machine', { gateway: 'peer.example:7051' }, '"tlsRoots" is needed'],
    ['an unknown chaincode', { chaincodes: { proof: 'x' } }, '"proof"'],
  ]
  for (const [name, change, says] of wrong) {
    it(`refuses ${name} and names the field`, async () => {
      const { code, message } = await codeOf(loadProfile({ ...valid, ...change }))
      expect(code).to.equal('PROFILE_INVALID')
      expect(message).to.include(says)
    })
  }

  it('takes IPv6 loopback and a remote peer with TLS', async () => {
    await loadProfile({ ...valid, gateway: '[::1]:7051' })
    await loadProfile({ ...valid, gateway: 'peer.example:7051', tlsRoots: 'ca.pem' })
  })
})
