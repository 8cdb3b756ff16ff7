import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import type { Browser, Page } from 'playwright-core'
import { confirmTrust, launch, openPage, Samples, type Opened } from './browser.js'

/** A document with an SM2 co-signature and two time-stamps beside its receipt. */
const sealed = (name: string): string =>
  path.join(fileURLToPath(new URL('../../../../evidence/test/fixtures/sealed', import.meta.url)), name)
/** After it was sealed. */
const SOON = new Date('2027-01-01T00:00:00Z')

describe('the verifying page, with what stands beside a receipt', function () {
  this.timeout(60_000)
  let samples: Samples
  let browser: Browser | undefined
  let opened: Opened | undefined

  before(async function () {
    browser = await launch()
    // launch() has said on the screen that there is no browser.
    if (browser === undefined) return this.skip()
    samples = new Samples()
  })
  after(async () => {
    await browser?.close()
    samples?.remove()
  })
  afterEach(async () => {
    await opened?.close()
    expect(opened?.complaints ?? []).to.deep.equal([])
  })

  async function verified(now: Date, width: number, trust: string, evidence: string): Promise<Page> {
    opened = await openPage(browser as Browser, now, width)
    const { page } = opened
    await confirmTrust(page, trust)
    await page.setInputFiles('#document-file', path.join(path.dirname(evidence), 'contract.txt'))
    await page.setInputFiles('#evidence-file', evidence)
    await page.locator('.report[data-outcome]').waitFor()
    return page
  }
  const stepOf = (page: Page, code: string) => page.locator(`.steps li[data-step=${code}]`)
  const isTooWide = (page: Page) => page.evaluate('document.documentElement.scrollWidth > window.innerWidth')

  for (const width of [390, 1280]) {
    it(`says who co-signed and who stamped when, at ${width} pixels`, async () => {
      const page = await verified(SOON, width, sealed('trust.json'), sealed('contract.txt.evidence.json'))
      const text = await page.locator('.report').innerText()
      expect(await page.locator('.report').getAttribute('data-outcome')).to.equal('VALID')
      expect(text).to.include('此外，财政局（软件签名，未经认证）以国密 SM2 联合签名')
      expect(text).to.match(/据时间戳中心的时间戳，回执及其签名不晚于北京时间 20\d\d-/)
      for (const code of ['TIME_STAMPS', 'SM2_COSIGNATURES']) {
        expect(await stepOf(page, code).getAttribute('class')).to.equal('passed')
      }
      expect(await isTooWide(page)).to.equal(false)
      await page.click('#switch')
      expect(await page.locator('.report').innerText())
        .to.include('co-signed with SM2 by finance (software, not certified)')
        .and.include('the receipt with its signatures existed no later than')
    })

    it(`marks a trial network where its trust file is chosen and on each result, at ${width} pixels`, async () => {
      const evidence = samples.path('contract.txt.evidence.json')
      const page = await verified(samples.now, width, samples.path('trial.trust.json'), evidence)
      expect(await page.locator('#trust-shown .note.warn').innerText()).to.include('全部节点由同一运行者运行')
      expect(await page.locator('.report .trial').innerText()).to.equal('试用网络')
      expect(await page.locator('.report .statement').innerText()).to.include('对该运行者不构成证明')
      expect(await isTooWide(page)).to.equal(false)
      await page.locator('#trust-shown button').click()
      await confirmTrust(page, samples.path('trust.json'))
      await page.locator('.report[data-outcome]').waitFor()
      expect(await page.locator('.trial, .note.warn').count()).to.equal(0)
    })
  }

  it('a statement that is wrong is named and lends nothing, and the document stays valid', async () => {
    const spoiled = path.join(samples.folder, 'sealed.evidence.json')
    const file = JSON.parse(readFileSync(sealed('contract.txt.evidence.json'), 'utf8')) as {
      cosignatures: { type: string; signature?: string }[]
    }
    const sm2 = file.cosignatures.find(({ signature }) => signature !== undefined)
    if (sm2?.signature === undefined) throw new Error('the fixture has no co-signature')
    sm2.signature = sm2.signature.replace(
      /(.{20})(.)/,
      (_, before: string, one: string) => before + (one === 'A' ? 'B' : 'A'),
    )
    writeFileSync(spoiled, JSON.stringify(file))
    copyFileSync(sealed('contract.txt'), path.join(samples.folder, 'contract.txt'))
    const page = await verified(SOON, 390, sealed('trust.json'), spoiled)
    expect(await page.locator('.report').getAttribute('data-outcome')).to.equal('VALID')
    expect(await stepOf(page, 'SM2_COSIGNATURES').getAttribute('class')).to.equal('failed')
    expect(await page.locator('.report .statement').innerText())
      .to.include('提示：')
      .and.not.include('联合签名。')
  })
})
