import { expect } from 'chai'
import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect as dial, createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { verifyDocument, type Client } from '../../src/index.js'
import { codeOf, collect, repository } from '../support.js'
import { about, startCounty, type County } from './county.js'

const packageId = 'evidence:1'

describe('receipts while an organisation’s chaincode is down', function () {
  this.timeout(60_000)
  let county: County
  let client: Client
  let folder: string
  let address: string
  let service: ChildProcess

  /** The audit bureau's chaincode in a process of its own, which a test can end. */
  async function startService(): Promise<void> {
    const command = repository('node_modules/fabric-shim/cli.js')
    const args = ['server', '--chaincode-address', address, '--chaincode-id', packageId]
    service = spawn(process.execPath, [command, ...args], { cwd: repository('chaincode'), stdio: 'ignore' })
    const { hostname, port } = new URL(`tcp://${address}`)
    for (;;) {
      const socket = dial(Number(port), hostname)
      const up = await once(socket, 'connect').then(
        () => true,
        () => false,
      )
      socket.destroy()
      if (up) return
      if (service.exitCode !== null) throw new Error(`the chaincode service ended with ${service.exitCode}`)
      await sleep(50)
    }
  }

  async function stopService(): Promise<void> {
    const ended = once(service, 'exit')
    service.kill('SIGKILL')
    await ended
  }

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'caizheng-receipt-'))
    address = await freeAddress()
    await startService()
    county = await startCounty({ programs: { AuditMSP: { service: address, packageId } } })
    client = await county.client('FinanceMSP', { timeouts: { endorse: 5_000 } })
  })
  after(async () => {
    await county.stop()
    await stopService()
    await rm(folder, { recursive: true })
  })

  it('carries two signatures and says who is missing; saved again later, it is complete', async () => {
    const document = randomBytes(50)
    const path = join(folder, 'x.evidence.json')
    const whole = await client.evidence.anchor(document, about('R-1'))
    expect((await whole.receipt()).missing).to.deep.equal([])

    await stopService()
    const partial = await whole.save(path, { attempts: 2 })
    expect(partial).to.deep.include({ organizations: ['FinanceMSP', 'ConstructionMSP'], missing: ['AuditMSP'] })
    const weaker = await verifyDocument(document, path, county.trust)
    expect(weaker).to.include({ outcome: 'VALID', weaker: true })

    // Two of three are enough for the policy, so the chain goes on without the audit bureau.
    const meanwhile = await client.evidence.anchor(randomBytes(50), about('R-2'))
    expect(meanwhile.created).to.equal(true)
    const error = await codeOf(meanwhile.receipt({ attempts: 1, atLeast: 3 }))
    expect(error.stage).to.equal('endorse')
    expect(error.message).to.include('AuditMSP')

    const digests = { sha256: randomBytes(32).toString('hex'), sm3: randomBytes(32).toString('hex'), size: 1 }
    const batched = [{ document: digests, about: { ...about('R-3'), type: 'SITE_EVIDENCE' as const } }]
    const [window] = await collect(client.evidence.anchorWindows(batched, { lane: 'two-of-three' }))
    expect(window?.batch?.receipt.missing).to.deep.equal(['AuditMSP'])

    await startService()
    const completed = await untilComplete(() => whole.save(path, { attempts: 1 }))
    expect(completed.organizations).to.have.length(3)
    const report = await verifyDocument(document, path, county.trust)
    expect(report.outcome).to.equal('VALID')
    expect(report.weaker).to.equal(undefined)
  })

  it('is not taken at all of a record that is not there', async () => {
    const error = await codeOf(client.evidence.receipt('0'.repeat(64)))
    expect(error).to.include({ code: 'ANCHOR_NOT_FOUND', stage: 'endorse' })
  })
})

/** The peer dials a chaincode that is back in its own time. */
async function untilComplete<T extends { readonly missing: readonly string[] }>(take: () => Promise<T>): Promise<T> {
  for (let round = 0; ; round++) {
    const taken = await take()
    if (taken.missing.length === 0 || round === 40) return taken
    await sleep(250)
  }
}

async function freeAddress(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return `127.0.0.1:${port}`
}
