import { expect } from 'chai'
import type { Gateway } from '../../src/index.js'
import { ask, conforms, project, until, type Answer } from '../support/api.js'
import { temporaryFolders } from '../support/folder.js'
import { Gateways } from '../support/gateways.js'
import type { County } from '../support/network.js'
import { startPlayedCounty } from '../support/pilot.js'

const contractor = '91331003000002014P'
const owner = '12331003000001011C'

/** A page of business records, as far as these cases read it. */
interface Records {
  readonly records: readonly { readonly number: string; readonly day: string; readonly status: string }[]
  readonly next?: string
}

describe('business records', function () {
  this.timeout(60_000)
  let county: County
  let gateway: Gateway
  const gateways = new Gateways(() => county, temporaryFolders())

  before(async () => {
    county = await startPlayedCounty()
    gateway = await gateways.start()
    await until(
      () => ask(gateway.url, '/readyz'),
      ({ status }) => status === 200,
    )
  })
  after(async () => {
    await gateways.closeAll()
    await county?.stop()
  })

  const list = async (path: string): Promise<Records> => {
    const { status, body } = await ask(gateway.url, path)
    expect(status, path).to.equal(200)
    conforms('BusinessRecords', body)
    return body as unknown as Records
  }
  const numbers = async (path: string): Promise<string[]> => (await list(path)).records.map(({ number }) => number)
  const problem = async (path: string): Promise<Answer> => ask(gateway.url, path)

  it('are listed by project, contract, party and status, newest first', async () => {
    const all = await numbers('/v1/applications')
    expect(all).to.include('A-APP-001').and.not.include('A-APP-000', 'a refused one is on no list')
    expect(all.indexOf('A-APP-004')).to.be.below(all.indexOf('A-APP-001'))
    const held = await list(`/v1/applications?project=${project}&contract=A-WK-01&status=HELD`)
    expect(held.records.map(({ number }) => number))
      .to.include('A-APP-007')
      .and.not.include('A-APP-004')
    expect(new Set(held.records.map(({ status }) => status))).to.deep.equal(new Set(['HELD']))
    for (const party of [contractor, owner]) {
      expect(await numbers(`/v1/applications?party=${party}`)).to.deep.equal(all)
      expect(await numbers(`/v1/projects?party=${party}`)).to.deep.equal([project])
    }
    expect(await numbers(`/v1/contracts?party=${contractor}`)).to.deep.equal(['A-WK-01'])
    expect(await numbers('/v1/invoices?party=91331003000006015P')).to.deep.equal([])
    expect(await numbers(`/v1/vouchers?party=${contractor}&status=PAID`)).to.include('A-WK-01-V001')
    expect(await numbers('/v1/applications?project=2305-331003-04-01-000002')).to.deep.equal([])
  })

  it('are listed by period, both days counted', async () => {
    const { records } = await list('/v1/applications')
    const [middle] = records.filter(({ number }) => number === 'A-APP-004')
    const day = middle?.day ?? ''
    expect(day).to.match(/^202\d-\d\d-\d\d$/)
    expect(await numbers(`/v1/applications?from=${day}&to=${day}`)).to.deep.equal(
      records.filter((record) => record.day === day).map(({ number }) => number),
    )
    expect(await numbers(`/v1/applications?from=${day}`)).to.deep.equal(
      records.filter((record) => record.day >= day).map(({ number }) => number),
    )
  })

  it('come page by page, each once', async () => {
    const all = await numbers('/v1/invoices')
    const seen: string[] = []
    for (let next: string | undefined = '/v1/invoices?limit=2'; next !== undefined;) {
      const page: Records = await list(next)
      seen.push(...page.records.map(({ number }) => number))
      next = page.next
    }
    expect(seen).to.deep.equal(all)
    expect(all.length).to.be.above(4)
  })

  it('are shown one by one with every place in which they were written', async () => {
    const { status, body } = await ask(gateway.url, '/v1/applications/A-APP-004')
    expect(status).to.equal(200)
    conforms('BusinessRecordWithPlaces', body)
    const { record, places } = body as { record: { netFen: string; status: string }; places: { by: string }[] }
    expect(record.status).to.equal('PAID')
    expect(record.netFen).to.match(/^\d+$/)
    const [first, ...rest] = places.map(({ by }) => by)
    expect(first).to.equal('SubmitApplication')
    expect(rest).to.include.members(['ApproveApplication', 'RecordBankReceipt'])
  })

  it('say what is wrong with a question', async () => {
    const { status, body } = await problem('/v1/applications/NOBODY')
    expect([status, body['code']]).to.deep.equal([404, 'RECORD_UNKNOWN'])
    for (const search of [
      ...['project=1', 'party=12331003000001011X', 'status=paid', 'from=2026-02-30', 'to=today', 'limit=0'],
      ...['limit=201', 'before=x', 'stauts=PAID', 'status=PAID&status=HELD', `contract=${'x'.repeat(65)}`],
    ]) {
      const answer = await problem(`/v1/applications?${search}`)
      expect([answer.status, answer.body['code']], search).to.deep.equal([400, 'INVALID_PARAMETER'])
    }
    expect((await problem('/v1/projects?contract=A-WK-01')).status).to.equal(400)
    expect((await problem(`/v1/contracts/${'%20'.repeat(3)}`)).status).to.equal(400)
  })

  it('need the token as everything else does', async () => {
    const guarded = await gateways.start({ token: 'a-token-of-thirty-two-characters', department: 'AuditMSP' })
    expect((await ask(guarded.url, '/v1/vouchers')).status).to.equal(401)
  })

  it('are the same after the index was emptied and read again', async () => {
    const before = await list('/v1/vouchers')
    const again = await gateways.start({ rebuildIndex: true })
    await until(
      () => ask(again.url, '/readyz'),
      ({ status }) => status === 200,
    )
    const { body } = await ask(again.url, '/v1/vouchers')
    expect(body).to.deep.equal(before)
  })
})
