import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect } from 'chai'
import { writeProfile } from '../../src/consortium/index.js'
import { loadKeyPair } from '../../src/consortium/key-pair.js'
import { inMemory, refusal, temporaryFolder } from './support.js'

describe('writeProfile', () => {
  const { consortium } = inMemory()
  const folder = temporaryFolder()
  const read = async (path: string) => JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>

  it('writes all that a client needs, with paths relative to the profile', async () => {
    const options = { mspId: 'FinanceMSP', gateway: '127.0.0.1:7051', chaincodes: { evidence: 'evidence' } }
    const path = await writeProfile(join(folder(), 'profiles'), consortium(), options)
    expect(path).to.equal(join(folder(), 'profiles', 'finance.json'))
    expect(await read(path)).to.deep.equal({
      kind: 'caizheng-profile',
      version: 1,
      channel: 'fiscal',
      mspId: 'FinanceMSP',
      gateway: '127.0.0.1:7051',
      certificate: 'finance/certificate.pem',
      privateKey: 'finance/private-key.pem',
      organizations: ['FinanceMSP', 'AuditMSP', 'ConstructionMSP'],
      chaincodes: { evidence: 'evidence' },
    })
    const file = (name: string) => join(dirname(path), 'finance', name)
    const privateKeyPem = await readFile(file('private-key.pem'), 'utf8')
    const pair = loadKeyPair({ certificatePem: await readFile(file('certificate.pem'), 'utf8'), privateKeyPem })
    expect(pair.certificatePem).to.equal(consortium().organizations.get('FinanceMSP')?.user.certificatePem)
    expect((await stat(file('private-key.pem'))).mode & 0o777).to.equal(0o600)
  })

  it('names the TLS roots and another identity', async () => {
    const identity = consortium().issue('BankMSP', { name: 'teller-3', role: 'client' })
    const roots = consortium().organizations.get('FinanceMSP')?.tlsCa.certificatePem ?? ''
    const tls = { roots, name: 'peer0.finance.fiscal.test' }
    const options = { mspId: 'BankMSP', name: 'teller', identity, gateway: '127.0.0.1:7051', tls }
    const path = await writeProfile(folder(), consortium(), options)
    const profile = await read(path)
    expect(profile).to.include({ tlsRoots: 'teller/tls-roots.pem', tlsName: 'peer0.finance.fiscal.test' })
    expect(await readFile(join(folder(), 'teller/tls-roots.pem'), 'utf8')).to.equal(roots)
    expect(await readFile(join(folder(), 'teller/certificate.pem'), 'utf8')).to.equal(identity.certificatePem)
  })

  it('replaces an earlier profile and leaves no drafts', async () => {
    await writeProfile(folder(), consortium(), { mspId: 'AuditMSP', gateway: '127.0.0.1:1' })
    const path = await writeProfile(folder(), consortium(), { mspId: 'AuditMSP', gateway: '127.0.0.1:2' })
    expect((await read(path))['gateway']).to.equal('127.0.0.1:2')
    expect(await readdir(folder(), { recursive: true })).to.have.members([
      'audit.json',
      'audit',
      'audit/certificate.pem',
      'audit/private-key.pem',
    ])
  })

  it('refuses an organisation that is none, and a folder that is a file', async () => {
    const gateway = '127.0.0.1:1'
    await refusal('ORGANIZATION_UNKNOWN', () => writeProfile(folder(), consortium(), { mspId: 'NobodyMSP', gateway }))
    await mkdir(join(folder(), 'd'))
    await writeFile(join(folder(), 'd', 'audit'), '')
    const write = () => writeProfile(join(folder(), 'd'), consortium(), { mspId: 'AuditMSP', gateway })
    await refusal('DIRECTORY_UNUSABLE', write)
  })
})
