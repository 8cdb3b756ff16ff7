import { pages } from '@caizheng/portal'
import { expect } from 'chai'
import type { Browser, Page } from 'playwright-core'
import type { Gateway } from '../../src/index.js'
import { ask, conforms, project, until, type Answer } from '../support/api.js'
import { openPage, startBrowser } from '../support/browser.js'
import { temporaryFolders } from '../support/folder.js'
import { Gateways } from '../support/gateways.js'
import type { County } from '../support/network.js'
import { startPlayedCounty } from '../support/pilot.js'

const contractor = '91331003000002014P'
const owner = '12331003000001011C'

/** A page of business records, as far as these cases read it. */
interface Records {
  readonly records: readonly {
    readonly number: string
    readonly day: string
    readonly status: string
    readonly record: { readonly amountFen: string }
  }[]
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

  it('are reviewed: why, what is missing and from whom, beside the records around them', async () => {
    const { status, body } = await ask(gateway.url, '/v1/applications/A-APP-007/review')
    expect(status).to.equal(200)
    conforms('Review', body)
    const { explanation, place, paidFen, qr } = body as {
      explanation: { replayed: boolean; rules: { rule: string; outcome: string }[] }
      place: { key: string; sha256: string }
      paidFen: string
      qr: string[]
    }
    expect(explanation.replayed).to.equal(true)
    expect(explanation.rules.filter(({ outcome }) => outcome === 'HOLD').map(({ rule }) => rule)).to.deep.equal(['R02'])
    expect(place.key).to.equal('payment/application:A-APP-007')
    const paid = await list('/v1/vouchers?contract=A-WK-01&status=PAID')
    const amounts = paid.records.map(({ record }) => BigInt(record.amountFen))
    expect(BigInt(paidFen)).to.equal(amounts.reduce((sum, one) => sum + one, 0n))
    expect(new Set(qr.map(({ length }) => length))).to.deep.equal(new Set([qr.length]))
    expect((await ask(gateway.url, '/v1/applications/NOBODY/review')).body['code']).to.equal('RECORD_UNKNOWN')
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

  describe('on the pages', () => {
    let browser: Browser
    let pageOf: Gateway
    const complaints: string[] = []

    before(async function () {
      const started = await startBrowser()
      if (started === undefined) return this.skip()
      browser = started
      pageOf = await gateways.start({ pages })
      await until(
        () => ask(pageOf.url, '/readyz'),
        ({ status }) => status === 200,
      )
    })
    after(() => browser?.close())

    const open = (path: string, width = 1280): Promise<Page> =>
      openPage(browser, `${pageOf.url}/${path}`, { width, complaints })
    const sheet = async (number: string, width?: number): Promise<Page> => {
      const page = await open(`sheet.html?application=${number}`, width)
      await page.locator('#sheet[data-ready]').waitFor()
      return page
    }

    it('are found from the first page, by project and status, and lead to the sheet', async () => {
      const page = await open('')
      await page.click('a[href="applications.html"]')
      await page.locator('.application').first().waitFor()
      expect(await page.locator('h2').innerText()).to.include('示范一路改造工程')
      await page.selectOption('#status', 'HELD')
      await page.locator('.application', { hasText: 'A-APP-004' }).waitFor({ state: 'detached' })
      expect(await page.locator('.badge').allInnerTexts()).to.satisfy((all: string[]) =>
        all.every((one) => one === '退回补正'),
      )
      await page.click('a:text-is("A-APP-007")')
      await page.locator('#sheet[data-ready]').waitFor()
      expect(await page.locator('#status').innerText()).to.match(/退回补正/)
      expect(complaints).to.deep.equal([])
      await page.context().close()
    })

    it('say of a held one which rule, by which article, with which figures, and who must do what', async () => {
      const page = await sheet('A-APP-007')
      const held = await page.locator('.rule.red').allInnerTexts()
      expect(held).to.have.length(1)
      expect(held[0])
        .to.match(/R02 付款不超已完、合同、审定/)
        .and.match(/财建〔2022〕183号/)
      expect(held[0])
        .to.match(/9,200,000\.00 元 × 85% = 7,820,000\.00 元/)
        .and.match(/8,073,000\.00 元/)
      const missing = await page.locator('.missing').innerText()
      expect(missing)
        .to.match(/核减后重报/)
        .and.match(/超出 253,000\.00 元/)
      expect(missing).to.match(/示例施工单位A · 施工单位项目经理/)
      expect(await page.locator('.figure.main').innerText()).to.match(/\b0\.00/)
      expect(await page.locator('.rule.green').count()).to.be.above(5)
      const quota = await page.locator('.rule[data-rule=R45]').innerText()
      expect(quota).to.match(/A-Q24-G ≤ [\d,]+\.\d\d 元/)
      expect(complaints).to.deep.equal([])
      await page.context().close()
    })

    it('show what is payable, and each step of what was paid, on a phone too', async () => {
      const payable = await sheet('A-APP-009', 390)
      expect(await payable.locator('#status').innerText()).to.match(/可支付/)
      expect(await payable.locator('.missing').count()).to.equal(0)
      expect(await payable.locator('.figure.main').innerText()).to.match(/947,000\.00/)
      expect(await payable.evaluate('document.documentElement.scrollWidth')).to.be.at.most(390)
      await payable.context().close()
      const paid = await sheet('A-APP-006')
      const steps = await paid.locator('.timeline tbody tr').allInnerTexts()
      expect(steps.map((step) => /^\S+/.exec(step)?.[0])).to.include.members([
        '提交申请',
        '可支付',
        '财政已审',
        '已支付',
      ])
      expect(await paid.locator('.lines').last().innerText()).to.match(/A-WK-01-V\d{3}\s*已支付/)
      expect(complaints).to.deep.equal([])
      await paid.context().close()
    })

    it('print on A4, without what is for the screen alone', async () => {
      const page = await sheet('A-APP-007')
      await page.emulateMedia({ media: 'print' })
      expect(await page.locator('nav').isVisible()).to.equal(false)
      expect(await page.locator('.missing').isVisible()).to.equal(true)
      const pdf = await page.pdf({ preferCSSPageSize: true })
      const sheets = pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g) ?? []
      expect(sheets.length).to.be.within(1, 3)
      expect(pdf.toString('latin1')).to.match(/\/MediaBox\s*\[0 0 59[45][.\d]* 84[12]/)
      await page.context().close()
    })

    it('say so where there is no such application', async () => {
      const page = await open('sheet.html?application=%3Cimg%20src%3Dx%3E')
      await page.locator('#trouble:not([hidden])').waitFor()
      expect(await page.locator('#trouble').innerText()).to.match(/无法显示该审核单/)
      expect(await page.locator('img[src="x"]').count()).to.equal(0)
      await page.context().close()
    })
  })
})
