import { randomBytes } from 'node:crypto'
import { expect } from 'chai'
import { ask, conforms, digestsOf, form, particulars, post, until } from '../support/api.js'
import { temporaryFolders } from '../support/folder.js'
import { Gateways } from '../support/gateways.js'
import { Line } from '../support/line.js'
import { startCounty, type County } from '../support/network.js'

describe('while the network is away', function () {
  this.timeout(90_000)
  let county: County
  let line: Line
  const gateways = new Gateways(() => county, temporaryFolders())

  beforeEach(async () => {
    county = await startCounty()
    line = new Line(county.network.peers.get('FinanceMSP') ?? '')
    await line.open()
  })

  afterEach(async () => {
    await gateways.closeAll()
    await line.cut()
    await county.stop()
  })

  const stateOf = async (url: string, bytes: Uint8Array): Promise<unknown[]> => {
    const { body } = await ask(url, `/v1/documents/${digestsOf(bytes).sha256}`)
    return [
      ...((body['anchors'] ?? []) as { state: string }[]),
      ...((body['pending'] ?? []) as { state: string }[]),
    ].map(({ state }) => state)
  }

  it('accepts, says that it is not ready, and anchors when the network is back', async () => {
    const { url } = await gateways.start({ peer: line.address })
    await until(
      () => ask(url, '/readyz'),
      ({ status }) => status === 200,
    )
    await line.cut()
    const files = Array.from({ length: 5 }, () => randomBytes(100))
    for (const [n, file] of files.entries()) {
      const answer = await post(url, '/v1/documents', form(particulars(`A-${n}`), file))
      expect(answer.status).to.equal(202)
    }
    const notReady = await until(
      () => ask(url, '/readyz'),
      ({ status }) => status === 503,
    )
    conforms('Ready', notReady.body)
    expect(JSON.stringify(notReady.body)).to.match(/"name":"network","ok":false,"reason":/)
    expect((await ask(url, '/livez')).status).to.equal(200)
    for (const file of files) expect(await stateOf(url, file)).to.deep.equal(['QUEUED'])
    const evidence = await ask(url, `/v1/documents/${digestsOf(files[0] ?? randomBytes(1)).sha256}/evidence`)
    expect(evidence.body['code']).to.equal('ANCHOR_PENDING')

    await line.open()
    for (const file of files) {
      await until(
        () => stateOf(url, file),
        ([state]) => state === 'ANCHORED',
        60_000,
      )
    }
    const ready = await until(
      () => ask(url, '/readyz'),
      ({ status }) => status === 200,
      30_000,
    )
    expect(ready.body['ready']).to.equal(true)
  })

  it('answers 503 with Retry-After when the outbox is full, and takes what it already has', async () => {
    const { url } = await gateways.start({ peer: line.address, queueLimit: 2 })
    await line.cut()
    const file = randomBytes(10)
    expect((await post(url, '/v1/documents', form(particulars('B-1'), file))).status).to.equal(202)
    expect((await post(url, '/v1/documents', form(particulars('B-2'), randomBytes(10)))).status).to.equal(202)
    const full = await post(url, '/v1/documents', form(particulars('B-3'), randomBytes(10)))
    expect([full.status, full.body['code']]).to.deep.equal([503, 'QUEUE_FULL'])
    expect(Number(full.headers.get('retry-after'))).to.be.greaterThan(0)
    expect((await post(url, '/v1/documents', form(particulars('B-1'), file))).status).to.equal(202)
    expect(JSON.stringify((await ask(url, '/readyz')).body)).to.match(/"name":"outbox","ok":false,"reason":"full"/)
  })

  it('starts without the network, and works when it comes', async () => {
    await line.cut()
    const { url } = await gateways.start({ peer: line.address })
    const file = randomBytes(10)
    expect((await post(url, '/v1/documents', form(particulars('C-1'), file))).status).to.equal(202)
    expect(JSON.stringify((await ask(url, '/v1/network')).body)).to.not.match(/"network":/)
    await line.open()
    await until(
      () => stateOf(url, file),
      ([state]) => state === 'ANCHORED',
      60_000,
    )
  })

  it('never empties its journal into another network', async () => {
    const first = await gateways.start({ peer: line.address })
    await until(
      () => ask(first.url, '/readyz'),
      ({ status }) => status === 200,
    )
    await line.cut()
    const file = randomBytes(10)
    await post(first.url, '/v1/documents', form(particulars('D-1'), file))
    await first.close()
    const other = await startCounty()
    try {
      const elsewhere = new Gateways(
        () => other,
        () => first.directory,
      )
      const error = await elsewhere.start().catch((thrown: unknown) => thrown)
      expect(error).to.include({ name: 'GatewayError', code: 'DIRECTORY_OF_ANOTHER' })
      const found = await collect(
        (await other.client('FinanceMSP')).evidence.find({ algorithm: 'sha256', digest: digestsOf(file).sha256 }),
      )
      expect(found).to.deep.equal([])
    } finally {
      await other.stop()
    }
    await line.open()
    const again = await gateways.start({ directory: first.directory })
    await until(
      () => stateOf(again.url, file),
      ([state]) => state === 'ANCHORED',
      60_000,
    )
  })
})

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}
