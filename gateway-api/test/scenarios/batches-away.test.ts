import { randomBytes } from 'node:crypto'
import { verify } from '@caizheng/evidence'
import { expect } from 'chai'
import { ask, digestsOf, form, particulars, until } from '../support/api.js'
import { temporaryFolders } from '../support/folder.js'
import { Gateways } from '../support/gateways.js'
import { Line } from '../support/line.js'
import { startCounty, type County } from '../support/network.js'

describe('documents in batches while the network is away', function () {
  this.timeout(90_000)
  let county: County
  let line: Line
  const gateways = new Gateways(() => county, temporaryFolders())

  before(async () => {
    county = await startCounty()
    line = new Line(county.network.peers.get('FinanceMSP') ?? '')
    await line.open()
  })

  after(async () => {
    await gateways.closeAll()
    await line.cut()
    await county.stop()
  })

  it('are accepted, say why they wait, and are anchored once it is back', async () => {
    const gateway = await gateways.start({ peer: line.address })
    await line.cut()
    const files = Array.from({ length: 12 }, () => randomBytes(30))
    const places: string[] = []
    for (const [n, file] of files.entries()) {
      const body = form(particulars(`A-${n}`, { type: 'DISCLOSURE' }), file)
      const response = await fetch(new URL('/v1/documents', gateway.url), { method: 'POST', body })
      expect(response.status).to.equal(202)
      places.push(response.headers.get('location') ?? '')
      await response.text()
      // Longer than a window, so that there are several batches.
      if (n % 4 === 3) await new Promise((resolve) => setTimeout(resolve, 150))
    }
    const pending = await ask(gateway.url, `${places[0]}/evidence`)
    expect(pending.body).to.include({ code: 'ANCHOR_PENDING' })
    await until(
      () => ask(gateway.url, '/readyz'),
      ({ body }) => (body['checks'] as { paused?: string }[]).some(({ paused }) => paused !== undefined),
      30_000,
    )
    await line.open()
    for (const [n, place] of places.entries()) {
      await until(
        () => ask(gateway.url, place),
        ({ body }) => body['state'] === 'ANCHORED',
        60_000,
      )
      const evidence = await (await fetch(new URL(`${place}/evidence`, gateway.url))).arrayBuffer()
      expect(verify(files[n] as Uint8Array, new Uint8Array(evidence), county.trust).outcome).to.equal('VALID')
    }
    const { body } = await ask(gateway.url, `/v1/documents/${digestsOf(files[0] as Uint8Array).sha256}`)
    expect(body['batched']).to.have.length(1)
  })
})
