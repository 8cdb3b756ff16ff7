import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { chmod, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { channelConfigOf } from '@caizheng/fabric-wire'
import { expect } from 'chai'
import { defaultConsortium, openConsortium, type Consortium } from '../../src/consortium/index.js'
import { materialFiles } from '../../src/consortium/layout.js'
import { identityOf, NOW, refusal, temporaryFolder } from './support.js'

const userKey = 'peerOrganizations/bank.fiscal.test/users/User1@bank.fiscal.test/msp/keystore/priv_sk'
const peerFolder = 'peerOrganizations/finance.fiscal.test/peers/peer0.finance.fiscal.test'
const peerCertificate = `${peerFolder}/msp/signcerts/peer0.finance.fiscal.test-cert.pem`

const contents = (consortium: Consortium) => materialFiles(consortium).map(({ path, content }) => [path, content])

describe('openConsortium', () => {
  const folder = temporaryFolder()
  const directory = () => join(folder(), 'data', 'consortium')
  const open = (definition = defaultConsortium) => openConsortium(directory(), definition, { now: () => NOW })

  it('creates once, and gives the same bytes ever after', async () => {
    const first = await open()
    const again = await open()
    expect(again.genesis).to.deep.equal(first.genesis)
    expect(again.network).to.equal(first.network)
    expect(contents(again)).to.deep.equal(contents(first))
    // The keys that were loaded sign for the certificates in the genesis block
    const config = channelConfigOf(again.genesis)
    for (const { peer, user } of again.organizations.values()) {
      for (const signer of peer ? [peer, user] : [user]) expect(() => identityOf(config, signer.creator)).not.to.throw()
    }
    const issued = again.issue('FinanceMSP', { name: 'later', role: 'client' })
    expect(first.organizations.get('FinanceMSP')?.ca.hasIssued(issued.certificatePem)).to.equal(true)
  })

  it('keeps private keys to their owner', async () => {
    await open()
    const entries = await readdir(directory(), { recursive: true, withFileTypes: true })
    let keys = 0
    for (const entry of entries) {
      const path = join(entry.parentPath, entry.name)
      const { mode } = await stat(path)
      if (entry.isDirectory()) expect(mode & 0o777, path).to.equal(0o700)
      else if ((await readFile(path, 'latin1')).includes('PRIVATE KEY')) {
        keys += 1
        expect(mode & 0o777, path).to.equal(0o600)
      }
    }
    // Two roots and an administrator for each of twelve, eight users, seven nodes with two keys each
    expect(keys).to.equal(12 * 3 + 8 + 7 * 2)
  })

  it('accepts other names for the organisations, and no other definition', async () => {
    await open()
    const renamed = defaultConsortium.organizations.map((it) => ({ ...it, name: { zh: '某局', en: 'Some bureau' } }))
    await open({ ...defaultConsortium, organizations: renamed })
    const smaller = { ...defaultConsortium, organizations: defaultConsortium.organizations.slice(0, 7) }
    expect((await refusal('DEFINITION_CHANGED', () => open(smaller))).path).to.equal('organizations[7].mspId')
    const moved = defaultConsortium.consenters.map((it) => (it.id === 2 ? { ...it, port: 9000 } : it))
    const error = await refusal('DEFINITION_CHANGED', () => open({ ...defaultConsortium, consenters: moved }))
    expect(error.path).to.equal('consenters[1].port')
    expect(error.message).to.include('7102').and.to.include('9000')
  })

  it('names the file that is missing or was exchanged', async () => {
    const consortium = await open()
    const at = (path: string) => join(directory(), path)
    const damage = async (path: string, content: string | undefined, reported: string) => {
      const intact = await readFile(at(path))
      await (content === undefined ? rm(at(path)) : writeFile(at(path), content))
      expect((await refusal('MATERIAL_DAMAGED', () => open())).path).to.equal(reported)
      await writeFile(at(path), intact)
    }
    const bankUser =
      'peerOrganizations/bank.fiscal.test/users/User1@bank.fiscal.test/msp/signcerts/User1@bank.fiscal.test-cert.pem'
    await damage(userKey, undefined, bankUser)
    await damage(userKey, 'not a key', bankUser)
    await damage(userKey, consortium.organizations.get('TaxMSP')?.user.privateKeyPem ?? '', bankUser)
    await damage(`${peerFolder}/tls/server.crt`, 'not a certificate', `${peerFolder}/tls/server.crt`)
    await damage('genesis.block', 'not a block', 'genesis.block')
    await damage('consortium.json', '{', 'consortium.json')
    await damage('consortium.json', '{"kind":"caizheng-consortium","version":2}', 'consortium.json')
    // A pair of its own, and of another authority
    const stranger = consortium.issue('AuditMSP', { name: 'peer0.finance.fiscal.test', role: 'peer' })
    await writeFile(at(`${peerFolder}/msp/keystore/priv_sk`), stranger.privateKeyPem)
    await damage(peerCertificate, stranger.certificatePem, peerCertificate)
  })

  it('refuses the genesis block of another network', async () => {
    await open()
    await writeFile(join(directory(), 'genesis.block'), (await openConsortium()).genesis)
    expect((await refusal('MATERIAL_DAMAGED', () => open())).path).to.equal('genesis.block')
  })

  it('leaves nothing half-done: a draft of a process that died is cleared away', async () => {
    const parent = join(folder(), 'data')
    // A process that ended a moment ago: its number is not given again so soon
    const ended = execFileSync(process.execPath, ['-p', 'process.pid']).toString().trim()
    const dead = join(parent, `consortium.creating-${ended}-0000`)
    const alive = join(parent, `consortium.creating-${process.pid}-0000`)
    for (const draft of [dead, alive]) await mkdir(join(draft, 'peerOrganizations'), { recursive: true })
    await open()
    expect(await readdir(parent)).to.have.members(['consortium', `consortium.creating-${process.pid}-0000`])
  })

  for (const delay of [0, 10, 20, 40, 80, 160]) {
    it(`survives a kill ${delay} ms after it began`, async () => {
      const front = new URL('../../src/consortium/index.js', import.meta.url).href
      const program = `const { openConsortium } = await import('${front}')
        process.stdout.write('begin')
        await openConsortium(process.argv[1])
        setInterval(() => {}, 1000)`
      const child = spawn(process.execPath, ['--input-type=module', '-e', program, directory()])
      await once(child.stdout, 'data')
      await setTimeout(delay)
      child.kill('SIGKILL')
      await once(child, 'exit')
      const { network } = await open()
      expect((await open()).network).to.equal(network)
      expect(await readdir(join(folder(), 'data'))).to.deep.equal(['consortium'])
    })
  }

  it('gives both the same consortium where two begin at once', async () => {
    const [left, right] = await Promise.all([open(), open()])
    expect(left.network).to.equal(right.network)
    expect(await readdir(join(folder(), 'data'))).to.deep.equal(['consortium'])
  })

  it('takes an empty folder, and no folder that holds something else', async () => {
    await mkdir(directory(), { recursive: true })
    await open()
    const other = join(folder(), 'photos')
    await mkdir(other)
    await writeFile(join(other, 'cat.jpg'), '')
    const error = await refusal('DIRECTORY_UNUSABLE', () => openConsortium(other))
    expect(error.path).to.equal(other)
    expect(await readdir(other)).to.deep.equal(['cat.jpg'])
  })

  it('says that a path is a file', async () => {
    const file = join(folder(), 'file')
    await writeFile(file, '')
    await refusal('DIRECTORY_UNUSABLE', () => openConsortium(file))
    await refusal('DIRECTORY_UNUSABLE', () => openConsortium(join(file, 'below')))
  })

  it('says that a folder cannot be written', async function () {
    // The superuser writes everywhere; /proc refuses even that
    const locked = process.getuid?.() === 0 ? '/proc/self' : join(folder(), 'locked')
    if (process.getuid?.() !== 0) {
      await mkdir(locked)
      await chmod(locked, 0o500)
    }
    const error = await refusal('DIRECTORY_UNUSABLE', () => openConsortium(join(locked, 'consortium')))
    expect(error.message).to.match(/EACCES|ENOENT|EPERM|EROFS/)
  })

  it('validates before it touches the disk', async () => {
    await refusal('DEFINITION_INVALID', () => open({ ...defaultConsortium, channel: '' }))
    expect(await readdir(folder())).to.deep.equal([])
  })

  it('writes folders that hold the trust anchors a real node wants', async () => {
    const consortium = await open()
    const read = (path: string) => readFileSync(join(directory(), path), 'utf8')
    const finance = consortium.organizations.get('FinanceMSP')
    expect(read(`${peerFolder}/msp/cacerts/ca.finance.fiscal.test-cert.pem`)).to.equal(finance?.ca.certificatePem)
    expect(read(`${peerFolder}/tls/ca.crt`)).to.equal(finance?.tlsCa.certificatePem)
    expect(read(`${peerFolder}/msp/config.yaml`)).to.equal(
      [
        'NodeOUs:',
        '  Enable: true',
        ...['Client', 'Peer', 'Admin', 'Orderer'].flatMap((unit) => [
          `  ${unit}OUIdentifier:`,
          '    Certificate: cacerts/ca.finance.fiscal.test-cert.pem',
          `    OrganizationalUnitIdentifier: ${unit.toLowerCase()}`,
        ]),
        '',
      ].join('\n'),
    )
  })
})
