import { randomBytes } from 'node:crypto'
import { verify } from '@caizheng/evidence'
import { expect } from 'chai'
import type { Gateway } from '../../src/index.js'
import { ask, conforms, digestsOf, form, particulars, post, project, until } from '../support/api.js'
import { temporaryFolders } from '../support/folder.js'
import { Gateways } from '../support/gateways.js'
import { startCounty, type County } from '../support/network.js'

describe('documents through the gateway', function () {
  this.timeout(30_000)
  let county: County
  let gateway: Gateway
  const gateways = new Gateways(() => county, temporaryFolders())

  before(async () => {
    county = await startCounty()
    gateway = await gateways.start()
  })

  after(async () => {
    await gateways.closeAll()
    await county.stop()
  })

  const url = (): string => gateway.url
  const anchor = (number: string, bytes: Uint8Array, changes = {}) =>
    post(url(), '/v1/documents?wait=20', form(particulars(number, changes), bytes))

  it('accepts a file with 202 and its place, and anchors it', async () => {
    const bytes = randomBytes(200_000)
    const accepted = await post(url(), '/v1/documents', form(particulars('HT-1'), bytes))
    expect(accepted.status).to.equal(202)
    conforms('Pending', accepted.body)
    expect(accepted.body).to.deep.include({ state: 'QUEUED', digests: digestsOf(bytes), number: 'HT-1' })
    const place = accepted.headers.get('location') ?? ''
    expect(place).to.equal(accepted.body['place'])

    const settled = await until(
      () => ask(url(), place),
      ({ body }) => body['state'] !== 'QUEUED',
    )
    conforms('Anchored', settled.body)
    expect(settled.body).to.deep.include({ state: 'ANCHORED' })
    expect(settled.body['anchor']).to.deep.include({
      network: county.network.id,
      digests: digestsOf(bytes),
      size: bytes.length,
      number: 'HT-1',
    })
  })

  it('waits for the chain where asked to: 201 the first time, 200 with the same anchor ever after', async () => {
    const bytes = randomBytes(1_000)
    const first = await anchor('HT-2', bytes)
    expect(first.status).to.equal(201)
    conforms('Anchored', first.body)
    for (const path of ['/v1/documents?wait=5', '/v1/documents']) {
      const again = await post(url(), path, form(particulars('HT-2'), bytes))
      expect(again.status).to.equal(200)
      expect(again.headers.get('location')).to.equal(first.headers.get('location'))
      expect(again.body).to.deep.include({ id: first.body['id'], block: first.body['block'] })
    }
  })

  it('takes digests as JSON, and parts in either order, document as a file as curl sends it', async () => {
    const bytes = randomBytes(500)
    const stated = particulars('HT-3', { digests: digestsOf(bytes), size: bytes.length })
    const byDigests = await post(url(), '/v1/documents?wait=20', stated)
    expect(byDigests.status).to.equal(201)

    const turned = new FormData()
    turned.append('file', new Blob([bytes]), 'contract.pdf')
    turned.append('document', new Blob([JSON.stringify(stated)], { type: 'application/json' }), 'meta.json')
    const byFile = await post(url(), '/v1/documents?wait=20', turned)
    expect(byFile.status).to.equal(200)
    expect(byFile.body['id']).to.equal(byDigests.body['id'])
  })

  it('anchors a document once, however many ask for it at once', async () => {
    const bytes = randomBytes(5_000)
    const answers = await Promise.all(Array.from({ length: 12 }, () => anchor('HT-4', bytes)))
    const { body } = await ask(url(), `/v1/documents/${digestsOf(bytes).sha256}`)
    expect(new Set(answers.map((answer) => answer.body['id'])).size).to.equal(1)
    expect(body['anchors']).to.have.length(1)
  })

  it('finds a document by either digest, and others’ anchors of the same file', async () => {
    const bytes = randomBytes(5_000)
    const { sha256, sm3 } = digestsOf(bytes)
    const audit = await gateways.start({ department: 'AuditMSP' })
    await anchor('HT-5', bytes)
    await post(audit.url, '/v1/documents?wait=20', form(particulars('SJ-5'), bytes))
    const found = await until(
      () => ask(url(), `/v1/documents/${sha256}`),
      ({ body }) => (body['anchors'] as unknown[]).length === 2,
    )
    conforms('Document', found.body)
    const submitters = (found.body['anchors'] as { anchor: { submitter: { msp: string } } }[]).map(
      (entry) => entry.anchor.submitter.msp,
    )
    expect(submitters).to.deep.equal(['FinanceMSP', 'AuditMSP'])
    const bySm3 = await ask(url(), `/v1/documents/${sm3.toUpperCase()}`)
    expect(bySm3.body['anchors']).to.deep.equal(found.body['anchors'])
  })

  it('hands out evidence that verifies offline, of the anchor asked for or of this department’s', async () => {
    const bytes = randomBytes(50_000)
    const anchored = await anchor('HT-6', bytes)
    const link = anchored.body['evidence'] as string
    const response = await fetch(new URL(link, url()))
    expect(response.headers.get('content-disposition')).to.match(
      /^attachment; filename="?[0-9a-f]{16}\.evidence\.json"?$/,
    )
    const evidence = new Uint8Array(await response.arrayBuffer())
    const report = verify(bytes, evidence, county.trust)
    expect(report.outcome, report.statement.en).to.equal('VALID')
    expect(report.proven?.place.block).to.equal(anchored.body['block'])

    const own = await fetch(new URL(`/v1/documents/${digestsOf(bytes).sm3}/evidence`, url()))
    expect(verify(bytes, new Uint8Array(await own.arrayBuffer()), county.trust).outcome).to.equal('VALID')
  })

  it('lists newest first, page by page, filtered', async () => {
    const other = '2303-331003-04-01-000002'
    for (let n = 1; n <= 5; n++) {
      await anchor(`FP-${n}`, randomBytes(100), { project: other, type: n === 3 ? 'CONTRACT' : 'INVOICE' })
    }
    const numbers: string[] = []
    let next: string | undefined = `/v1/documents?project=${other}&type=INVOICE&limit=2`
    while (next !== undefined) {
      const { body } = await until(
        () => ask(url(), next ?? ''),
        (answer) => (answer.body['documents'] as unknown[]).length === 2,
      )
      conforms('Documents', body)
      numbers.push(...(body['documents'] as { anchor: { number: string } }[]).map((entry) => entry.anchor.number))
      next = body['next'] as string | undefined
    }
    expect(numbers).to.deep.equal(['FP-5', 'FP-4', 'FP-2', 'FP-1'])
    const { body } = await ask(url(), '/v1/documents?limit=1')
    expect((body['documents'] as { anchor: { project: string } }[])[0]?.anchor.project).to.equal(other)
  })

  it('links a new version to the old one', async () => {
    const old = await anchor('HT-7', randomBytes(100))
    const renewed = await anchor('HT-7', randomBytes(100), { previous: old.body['id'] })
    expect(renewed.status).to.equal(201)
    expect(renewed.body['anchor']).to.include({ previous: old.body['id'] })
  })

  it('reports the chain’s refusal with its code, and tries again when asked again', async () => {
    const bytes = randomBytes(100)
    const missing = 'ab'.repeat(32)
    for (let round = 0; round < 2; round++) {
      const refused = await anchor('HT-8', bytes, { previous: missing })
      expect(refused.status).to.equal(422)
      expect(refused.body).to.deep.include({ code: 'ANCHOR_REFUSED' })
      expect(refused.body['refusal']).to.include({ code: 'PREVIOUS_NOT_FOUND' })
    }
    const place = (await anchor('HT-8', bytes, { previous: missing })).body['place'] as string
    const { status, body } = await ask(url(), place)
    expect([status, body['state']]).to.deep.equal([200, 'REFUSED'])
    conforms('Pending', body)
    const evidence = await ask(url(), `/v1/documents/${digestsOf(bytes).sha256}/evidence`)
    expect(evidence.body).to.include({ code: 'ANCHOR_REFUSED' })
    // The same document without the wrong link is another request for the same place, and is taken.
    expect((await anchor('HT-8', bytes)).status).to.equal(201)
  })

  it('refuses other particulars for the same file: from the journal at once, from the chain where only it knows', async () => {
    const bytes = randomBytes(100)
    await anchor('HT-9', bytes)
    const here = await anchor('HT-9a', bytes)
    expect(here.status).to.equal(409)
    expect(here.body).to.deep.include({ code: 'ANCHOR_CONFLICT', fields: ['number'] })

    const second = await gateways.start()
    const there = await post(second.url, '/v1/documents?wait=20', form(particulars('HT-9b'), bytes))
    expect(there.status).to.equal(409)
    expect(there.body['refusal']).to.include({ code: 'ANCHOR_CONFLICT' })
    const same = await post(second.url, '/v1/documents?wait=20', form(particulars('HT-9'), bytes))
    expect(same.status).to.equal(200)
  })

  it('verifies: with the evidence given, taken from the chain, and for a changed file', async () => {
    const bytes = randomBytes(5_000)
    const anchored = await anchor('HT-10', bytes)
    const evidence = new Uint8Array(
      await (await fetch(new URL(anchored.body['evidence'] as string, url()))).arrayBuffer(),
    )
    const question = (file: Uint8Array, proof?: Uint8Array): FormData => {
      const data = new FormData()
      data.append('file', new Blob([file]), 'contract.pdf')
      if (proof) data.append('evidence', new Blob([proof]), 'contract.evidence.json')
      return data
    }
    const given = await post(url(), '/v1/verifications', question(bytes, evidence))
    conforms('Verification', given.body)
    expect(given.body).to.include({ outcome: 'VALID', evidence: 'given' })
    expect((given.body['notice'] as { en: string }).en).to.match(/gateway's word/)
    const taken = await post(url(), '/v1/verifications', question(bytes))
    expect(taken.body).to.include({ outcome: 'VALID', evidence: 'taken', fingerprint: given.body['fingerprint'] })

    const changed = Uint8Array.from(bytes)
    changed[2_500] = (changed[2_500] ?? 0) ^ 1
    const wrong = await post(url(), '/v1/verifications', question(changed, evidence))
    expect(wrong.body).to.include({ outcome: 'INVALID' })
    expect((await post(url(), '/v1/verifications', question(changed))).body).to.include({ code: 'DOCUMENT_UNKNOWN' })
    const broken = await post(url(), '/v1/verifications', question(bytes, evidence.subarray(0, 300)))
    expect([broken.status, broken.body['outcome']]).to.deep.equal([200, 'INVALID'])

    const byDigests = await post(url(), '/v1/verifications', {
      digests: digestsOf(bytes),
      evidence: JSON.parse(new TextDecoder().decode(evidence)) as object,
    })
    expect(byDigests.body).to.include({ outcome: 'VALID', evidence: 'given' })
  })

  it('says what network it is, gives the trust file byte for byte, and is ready', async () => {
    const network = await ask(url(), '/v1/network')
    conforms('Network', network.body)
    expect(network.body).to.include({
      kind: 'embedded',
      channel: 'fiscal',
      network: county.network.id,
      department: 'FinanceMSP',
    })
    expect((network.body['notice'] as { en: string }).en).to.match(/One process, one operator, no distributed trust/)
    expect((network.body['organizations'] as { name?: { zh: string } }[]).map(({ name }) => name?.zh)).to.include(
      '财政局',
    )

    const trust = await fetch(new URL('/v1/trust', url()))
    expect(new Uint8Array(await trust.arrayBuffer())).to.deep.equal(Uint8Array.from(county.trust))

    const live = await ask(url(), '/livez')
    conforms('Live', live.body)
    const ready = await until(
      () => ask(url(), '/readyz'),
      ({ status }) => status === 200,
    )
    conforms('Ready', ready.body)
    expect((await ask(url(), '/v1/openapi.json')).body).to.include({ openapi: '3.1.0' })
  })

  it('reads its index again from the chain, the same', async () => {
    const second = await gateways.start({ department: 'AuditMSP' })
    const height = (await ask(url(), '/v1/documents?limit=200')).body['height'] as number
    const listing = (from: string) =>
      until(
        () => ask(from, '/v1/documents?limit=200'),
        ({ body }) => (body['height'] as number) >= height,
      )
    const before = await listing(second.url)
    await second.close()
    const rebuilt = await gateways.start({ department: 'AuditMSP', directory: second.directory, rebuildIndex: true })
    expect((await listing(rebuilt.url)).body).to.deep.equal(before.body)
    expect(before.body['documents']).to.not.be.empty
    expect(
      (before.body['documents'] as { anchor: { project: string } }[]).some((one) => one.anchor.project === project),
    ).to.be.true
  })
})
