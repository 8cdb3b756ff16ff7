import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { verify } from '@caizheng/evidence'
import { expect } from 'chai'
import type { Gateway } from '../../src/index.js'
import { startAuthority } from '../support/authority.js'
import { ask, conforms, digestsOf, form, particulars, post, until } from '../support/api.js'
import { temporaryFolders } from '../support/folder.js'
import { Gateways } from '../support/gateways.js'
import { startCounty, type County } from '../support/network.js'

const project = '2303-331003-04-01-000009'
const rides = { type: 'SUPERVISION_MONTHLY', project }

describe('documents in batches through the gateway', function () {
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
  const stated = (number: string, bytes: Uint8Array, changes: Record<string, unknown> = {}) =>
    particulars(number, { ...rides, digests: digestsOf(bytes), size: bytes.length, ...changes })
  const fetchBytes = async (path: unknown) =>
    new Uint8Array(await (await fetch(new URL(String(path), url()))).arrayBuffer())
  const anchored = (place: string) =>
    until(
      () => ask(url(), place),
      ({ body }) => body['state'] === 'ANCHORED',
    )

  it('journals a document that may ride in one, anchors it in a batch, and gives evidence by place and by digest', async () => {
    const bytes = randomBytes(3_000)
    const accepted = await post(url(), '/v1/documents', form(particulars('JL-1', rides), bytes))
    expect(accepted.status).to.equal(202)
    conforms('Pending', accepted.body)
    const place = accepted.headers.get('location') ?? ''
    const { body } = await anchored(place)
    conforms('Batched', body)
    expect(body['batch']).to.include({ kind: 'batch', size: 1, network: county.network.id })
    expect(body['document']).to.include({ number: 'JL-1', size: 3_000 })
    expect(JSON.stringify(body)).to.not.contain('salt')

    const { sha256, sm3 } = digestsOf(bytes)
    for (const path of [`${place}/evidence`, `/v1/documents/${sha256}/evidence`, `/v1/documents/${sm3}/evidence`]) {
      const report = verify(bytes, await fetchBytes(path), county.trust)
      expect(report.outcome, `${path}: ${report.statement.en}`).to.equal('VALID')
      expect(report.proven?.place.block).to.equal(body['block'])
    }
    const found = await ask(url(), `/v1/documents/${sm3}`)
    conforms('Document', found.body)
    expect(found.body).to.deep.include({ anchors: [], batched: [body], pending: [] })
  })

  it('waits where asked to, and knows a document again', async () => {
    const bytes = randomBytes(500)
    const first = await post(url(), '/v1/documents?wait=20', stated('JL-2', bytes))
    expect(first.status).to.equal(201)
    conforms('Batched', first.body)
    const again = await post(url(), '/v1/documents', stated('JL-2', bytes))
    expect(again.status).to.equal(200)
    expect(again.body).to.deep.equal(first.body)
    const other = await post(url(), '/v1/documents', stated('JL-2a', bytes))
    expect(other.status).to.equal(409)
    expect(other.body).to.deep.include({ code: 'ANCHOR_CONFLICT', fields: ['number'] })
  })

  it('takes many in one request, each its own way, and lists them', async () => {
    const files = Array.from({ length: 300 }, () => randomBytes(40))
    const documents = files.map((bytes, n) => stated(`M-${n}`, bytes, n === 7 ? { type: 'CONTRACT' } : {}))
    const accepted = await post(url(), '/v1/submissions', { documents })
    expect(accepted.status).to.equal(202)
    conforms('Submissions', accepted.body)
    const places = (accepted.body['submissions'] as { place: string }[]).map(({ place }) => place)
    expect(new Set(places).size).to.equal(300)
    const settled = await Promise.all(places.map(anchored))
    const batches = new Set(settled.map(({ body }) => (body['batch'] as { id: string } | undefined)?.id))
    // One for the contract, which stands alone.
    expect(batches.size).to.be.within(2, 4)
    expect(settled[7]?.body['anchor']).to.include({ number: 'M-7', type: 'CONTRACT' })

    for (const n of [0, 6, 8, 299]) {
      const evidence = await fetchBytes(settled[n]?.body['evidence'])
      expect(verify(files[n] as Uint8Array, evidence, county.trust).outcome).to.equal('VALID')
      expect(verify(files[3] as Uint8Array, evidence, county.trust).outcome).to.equal('INVALID')
    }

    const again = await post(url(), '/v1/submissions', { documents })
    expect(again.status).to.equal(202)
    expect((again.body['submissions'] as { state: string }[]).every(({ state }) => state === 'ANCHORED')).to.equal(true)

    await until(
      () => ask(url(), `/v1/documents?project=${project}&type=CONTRACT`),
      ({ body }) => (body['documents'] as unknown[]).length === 1,
    )
    const listed: { id: string; block: number; document?: unknown }[] = []
    let next: string | undefined = `/v1/documents?project=${project}&limit=37`
    while (next !== undefined) {
      const { body } = await ask(url(), next)
      conforms('Documents', body)
      listed.push(...(body['documents'] as typeof listed))
      next = body['next'] as string | undefined
    }
    expect(listed.filter(({ document }) => document === undefined)).to.have.length(1)
    expect(new Set(listed.map(({ id }) => id)).size).to.equal(listed.length)
    expect(listed.length).to.be.at.least(300)
    expect(listed.map(({ block }) => block)).to.deep.equal(listed.map(({ block }) => block).sort((a, b) => b - a))
  })

  it('takes none of many where one is wrong, and says which', async () => {
    const [good, bad] = [randomBytes(20), randomBytes(20)]
    const wrong = await post(url(), '/v1/submissions', {
      documents: [stated('N-1', good), stated('', bad, { size: -1 }), 7],
    })
    expect(wrong.status).to.equal(422)
    const pointers = (wrong.body['errors'] as { pointer: string }[]).map(({ pointer }) => pointer)
    expect(pointers).to.include.members(['/documents/1/number', '/documents/1/size', '/documents/2'])
    expect((await ask(url(), `/v1/documents/${digestsOf(good).sha256}`)).status).to.equal(404)

    const twice = await post(url(), '/v1/submissions', { documents: [stated('N-2', good), stated('N-3', good)] })
    expect(twice.status).to.equal(409)
    expect((twice.body['errors'] as { pointer: string }[])[0]?.pointer).to.equal('/documents/1')
    expect((await ask(url(), `/v1/documents/${digestsOf(good).sha256}`)).status).to.equal(404)

    for (const body of [{}, { documents: [] }, { documents: 'x' }, []]) {
      expect((await post(url(), '/v1/submissions', body)).body).to.include({ code: 'INVALID_DOCUMENT' })
    }
  })

  it('says that there is no evidence yet, and of what it never accepted', async () => {
    const unknown = await ask(url(), `/v1/submissions/${'ab'.repeat(32)}/evidence`)
    expect(unknown.body).to.include({ code: 'SUBMISSION_UNKNOWN' })
  })

  it('verifies a document in a batch without being given its evidence', async () => {
    const bytes = randomBytes(50)
    await post(url(), '/v1/documents?wait=20', stated('JL-9', bytes))
    const taken = await post(url(), '/v1/verifications', { digests: digestsOf(bytes) })
    expect(taken.body).to.include({ outcome: 'VALID', evidence: 'taken' })
  })

  it('is asked by the command line for a digest, and finds what is in its batches too', async () => {
    const program = fileURLToPath(new URL('../../../../client-sdk/bin/caizheng.js', import.meta.url))
    const caizheng = (...args: string[]) =>
      promisify(execFile)(process.execPath, [program, ...args, '--gateway', url()]).then(
        ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
        (error: { code: number; stdout: string; stderr: string }) => error,
      )
    const bytes = randomBytes(70)
    await post(url(), '/v1/documents?wait=20', stated('JL-12', bytes))
    const { sha256, sm3 } = digestsOf(bytes)
    const [shown, none] = await Promise.all([
      caizheng('--lang', 'zh', 'show', '--digest', sm3),
      caizheng('--lang', 'zh', 'show', '--digest', '0'.repeat(64)),
    ])
    expect(shown.code).to.equal(0)
    for (const line of [
      /JL-12/,
      new RegExp(sha256),
      /叶子 0（自 0 起），共 1 份/,
      /财政局（FinanceMSP）/,
      /监理月报/,
    ]) {
      expect(shown.stdout).to.match(line)
    }
    expect(shown.stderr).to.include('以上为网关的查询结果')
    expect(none.code).to.equal(1)
    expect(none.stderr).to.include('其批次中也没有')
  })

  it('has evidence time-stamped; where the authority is away nothing is lost, and a batch is stamped later', async function () {
    const authority = await startAuthority()
    if (authority === undefined) return this.skip()
    try {
      const trust = authority.trusted(county.trust)
      const away = await gateways.start({ trust, timeStamping: 'http://127.0.0.1:1/' })
      const stampsOf = async (from: Gateway, bytes: Uint8Array) => {
        const response = await fetch(new URL(`/v1/documents/${digestsOf(bytes).sha256}/evidence`, from.url))
        const report = verify(bytes, new Uint8Array(await response.arrayBuffer()), trust)
        expect(report.outcome).to.equal('VALID')
        return report.proven?.timeStamps.map(({ name }) => name.en)
      }
      const [lone, batched, later] = [randomBytes(10), randomBytes(11), randomBytes(12)]
      await post(away.url, '/v1/documents?wait=20', stated('T-1', lone, { type: 'CONTRACT' }))
      await post(away.url, '/v1/documents?wait=20', stated('T-2', batched))
      expect(await stampsOf(away, lone)).to.deep.equal([])
      expect(await stampsOf(away, batched)).to.deep.equal([])
      await away.close()

      const { directory } = away
      const back = await gateways.start({ trust, directory, timeStamping: authority.url })
      await post(back.url, '/v1/documents?wait=20', stated('T-3', later))
      for (const bytes of [lone, batched, later]) expect(await stampsOf(back, bytes)).to.deep.equal(['the centre'])
      await back.close()
      // What was stamped is kept.
      const without = await gateways.start({ trust, directory })
      for (const bytes of [batched, later]) expect(await stampsOf(without, bytes)).to.deep.equal(['the centre'])
      await without.close()

      const unnamed = await gateways.start({ timeStamping: authority.url }).catch((error: unknown) => error)
      expect(unnamed).to.include({ name: 'GatewayError', code: 'TRUST_UNUSABLE' })
    } finally {
      authority.stop()
    }
  })

  it('keeps to lanes of its own, which have no gap', async () => {
    const client = await county.client('AuditMSP')
    const lanes = new Map<string, number[]>()
    for await (const lane of client.evidence.log.lanes()) {
      for await (const entry of client.evidence.log.batches(lane.head.id)) {
        const { lane: name, sequence } = await client.evidence.batch.get(entry.batch)
        expect(name).to.match(/^gateway-[0-9a-f]{8}-[1-4]$/)
        lanes.set(name, [...(lanes.get(name) ?? []), sequence])
      }
    }
    for (const sequences of lanes.values()) expect(sequences).to.deep.equal(sequences.map((_, n) => n + 1))
  })
})
