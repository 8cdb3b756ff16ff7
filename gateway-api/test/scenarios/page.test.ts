import { createHash, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { verify } from '@caizheng/evidence'
import { pages } from '@caizheng/portal'
import { expect } from 'chai'
import type { Browser, Page } from 'playwright-core'
import type { Gateway } from '../../src/index.js'
import { ask, conforms, form, particulars, until } from '../support/api.js'
import { openPage, startBrowser } from '../support/browser.js'
import { temporaryFolders } from '../support/folder.js'
import { Gateways } from '../support/gateways.js'
import { startCounty, type County } from '../support/network.js'

const token = 'a-token-of-thirty-two-characters'
describe('the page at /', function () {
  this.timeout(60_000)
  let county: County
  let gateway: Gateway
  let guarded: Gateway
  let browser: Browser
  const gateways = new Gateways(() => county, temporaryFolders())
  const contract = randomBytes(3_000)
  /** What a page must never have: errors, refusals by the security policy, requests elsewhere. */
  let complaints: string[]

  before(async function () {
    const started = await startBrowser()
    if (started === undefined) return this.skip()
    browser = started
    county = await startCounty()
    gateway = await gateways.start({ pages })
    guarded = await gateways.start({ pages, token, department: 'AuditMSP' })
    await anchor('HT-2026-001', contract)
  })

  after(async () => {
    await browser?.close()
    await gateways.closeAll()
    await county?.stop()
  })

  const anchor = async (number: string, bytes: Uint8Array): Promise<void> => {
    const body = form(particulars(number), bytes)
    expect((await ask(gateway.url, '/v1/documents?wait=20', { method: 'POST', body })).status).to.equal(201)
  }

  async function open(url: string, width = 1280): Promise<Page> {
    complaints = []
    return openPage(browser, url, { width, complaints })
  }

  it('shows who anchored what, when and where, and new ones by itself', async () => {
    const page = await open(gateway.url)
    const row = page.locator('#documents .row').first()
    await row.waitFor()
    const text = await row.innerText()
    expect(text)
      .to.match(/合同/)
      .and.match(/HT-2026-001/)
      .and.match(/财政局/)
      .and.match(/区块 \d+/)
    expect(text).to.match(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/)
    expect(await page.locator('#trial').innerText()).to.match(/不构成分布式信任/)
    await anchor('HT-2026-002', randomBytes(10))
    await page.locator('.row', { hasText: 'HT-2026-002' }).waitFor()
    expect(await page.locator('#documents .row').first().innerText()).to.match(/HT-2026-002/)
    expect(complaints).to.deep.equal([])
    await page.context().close()
  })

  it('finds a file by its digest without sending it, and says plainly when there is none', async () => {
    const page = await open(gateway.url)
    const sent: string[] = []
    page.on('request', (request) => sent.push(`${request.method()} ${request.postData() ?? ''}`.trim()))
    await page.setInputFiles('#file', { name: 'contract.pdf', mimeType: 'application/pdf', buffer: contract })
    await page.locator('.verdict.found .row', { hasText: 'HT-2026-001' }).waitFor()
    const changed = Buffer.from(contract)
    changed[7] = (changed[7] ?? 0) ^ 1
    await page.setInputFiles('#file', { name: 'contract.pdf', mimeType: 'application/pdf', buffer: changed })
    await page.locator('.verdict.absent').waitFor()
    expect(await page.locator('.verdict.absent').innerText()).to.match(/未查到不等于文件不真实/)
    expect(new Set(sent)).to.deep.equal(new Set(['GET']))
    expect(complaints).to.deep.equal([])
    await page.context().close()
  })

  it('takes a dropped file', async () => {
    const page = await open(gateway.url)
    // As text, since it runs in the browser, whose types this package doesn't have.
    const transfer = await page.evaluateHandle(`(() => {
      const data = new DataTransfer()
      const bytes = Uint8Array.from(atob('${contract.toString('base64')}'), (c) => c.charCodeAt(0))
      data.items.add(new File([bytes], 'contract.pdf'))
      return data
    })()`)
    await page.dispatchEvent('#drop', 'drop', { dataTransfer: transfer })
    await page.locator('.verdict.found').waitFor()
    await page.context().close()
  })

  it('speaks English on request and remembers it', async () => {
    const page = await open(gateway.url)
    await page.locator('#documents .row').first().waitFor()
    await page.click('#switch')
    expect(await page.locator('#trial').innerText()).to.match(/no distributed trust/)
    expect(await page.locator('#documents .row').first().innerText()).to.match(/Finance bureau/i)
    await page.reload()
    expect(await page.locator('h1').innerText()).to.equal('Caizheng')
    expect(await page.getAttribute('html', 'lang')).to.equal('en')
    await page.context().close()
  })

  it('hands over evidence that verifies', async () => {
    const page = await open(gateway.url)
    const link = page.locator('#documents .row', { hasText: 'HT-2026-001' }).locator('a')
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()])
    const evidence = readFileSync(await download.path())
    expect(verify(contract, evidence, county.trust).outcome).to.equal('VALID')
    await page.context().close()
  })

  it('serves the page that verifies, which works alone and takes no trust from the gateway', async () => {
    const get = async (path: string): Promise<Buffer> => {
      const response = await fetch(new URL(path, gateway.url))
      expect(response.status, path).to.equal(200)
      return Buffer.from(await response.arrayBuffer())
    }
    const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
    const evidence = await get(`/v1/documents/${digest(contract)}/evidence`)
    expect((await get('/verify.html.sha256')).toString()).to.include(digest(await get('/verify.html')))
    const page = await open(`${gateway.url}/verify.html`)
    await page.context().setOffline(true)
    const file = (name: string, buffer: Uint8Array) => ({ name, mimeType: '', buffer: Buffer.from(buffer) })
    await page.setInputFiles('#trust-file', file('fiscal.trust.json', county.trust))
    await page.check('#trust-check')
    await page.click('#trust-confirm')
    await page.setInputFiles('#document-file', file('contract.pdf', contract))
    await page.setInputFiles('#evidence-file', file('contract.evidence.json', evidence))
    await page.locator('.report[data-outcome=VALID]').waitFor()
    expect(await page.locator('.report').innerText()).to.match(/HT-2026-001/)
    expect(complaints).to.deep.equal([])
    await page.context().close()
  })

  it('asks for the token of a guarded gateway, and works with it, evidence too', async () => {
    await until(
      () => ask(guarded.url, '/readyz'),
      ({ status }) => status === 200,
    )
    const page = await open(guarded.url)
    await page.locator('#token').fill(token)
    await page.click('#enter')
    const link = page.locator('#documents .row', { hasText: 'HT-2026-001' }).locator('a')
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()])
    expect(verify(contract, readFileSync(await download.path()), county.trust).outcome).to.equal('VALID')
    expect(await page.locator('#locked').isHidden()).to.equal(true)
    expect(complaints).to.deep.equal([])
    await page.context().close()
  })

  it('shows what a gateway knows that has not reached its network yet', async () => {
    const away = await gateways.start({ pages, peer: '127.0.0.1:1' })
    const network = await ask(away.url, '/v1/network')
    conforms('Network', network.body)
    expect(network.body).not.to.have.property('network')
    const page = await open(away.url)
    await page.locator('#empty').waitFor({ state: 'visible' })
    expect(await page.locator('#network').innerText()).to.match(/财政局/)
    expect(await page.locator('#offline').isHidden()).to.equal(true)
    expect(complaints).to.deep.equal([])
    await page.context().close()
  })

  it('fits phone and desk, and says when the gateway is gone', async () => {
    const second = await gateways.start({ pages, department: 'ConstructionMSP' })
    for (const width of [360, 390, 768, 1280]) {
      const page = await open(second.url, width)
      await page.locator('#documents .row').first().waitFor()
      const wide = await page.evaluate('document.documentElement.scrollWidth > window.innerWidth')
      expect(wide, `${width} pixels`).to.equal(false)
      if (width === 1280) {
        await second.close()
        await page.locator('#offline').waitFor({ state: 'visible' })
      }
      await page.context().close()
    }
  })
})
