import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createServer, type AddressInfo } from 'node:net'
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { expect } from 'chai'
import type { Browser, Locator, Page } from 'playwright-core'
import { builtPage, confirmTrust, launch, openPage, Samples, type Opened } from './browser.js'

const flip = (bytes: Buffer): Buffer => {
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1
  return bytes
}

describe('the verifying page as a file', function () {
  this.timeout(60_000)

  it('is one file of at most 150 kB gzipped, with its digest beside it', function () {
    const page = readFileSync(builtPage)
    const size = gzipSync(page, { level: 9 }).length
    expect(size).to.be.at.most(150_000)
    if (this.test) this.test.title += ` (${Math.round(size / 1000)} kB)`
    const digest = createHash('sha256').update(page).digest('hex')
    expect(readFileSync(`${builtPage}.sha256`, 'utf8')).to.equal(`${digest}  verify.html\n`)
  })

  it('names nothing to load, and forbids it besides', () => {
    const page = readFileSync(builtPage, 'utf8')
    expect(page.replace(/<script[^]*<\/script>/, '')).to.not.match(/(src|href)=|url\(|@import/)
    expect(page).to.include("default-src 'none'").and.include("connect-src 'none'")
    expect(page.indexOf('Content-Security-Policy')).to.be.lessThan(page.indexOf('<style>'))
  })

  it('is the same bytes whenever it is made', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'caizheng-bundle-'))
    const bundler = fileURLToPath(new URL('../../../bundle.mjs', import.meta.url))
    execFileSync(process.execPath, [bundler, folder])
    expect(readFileSync(path.join(folder, 'verify.html'), 'utf8')).to.equal(readFileSync(builtPage, 'utf8'))
    rmSync(folder, { recursive: true })
  })
})

describe('the verifying page in a browser', function () {
  this.timeout(60_000)
  let samples: Samples
  let browser: Browser | undefined
  let opened: Opened

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
    await opened.close()
    // Whatever a case does: no request, no script error, nothing that the page's own policy had to stop.
    expect(opened.complaints).to.deep.equal([])
  })

  async function open(width?: number): Promise<Page> {
    opened = await openPage(browser as Browser, samples.now, width)
    return opened.page
  }

  const report = (page: Page): Locator => page.locator('.report').first()

  /** Verifies files under a confirmed trust file. */
  async function verify(
    page: Page,
    documents: Parameters<Page['setInputFiles']>[1],
    evidence: Parameters<Page['setInputFiles']>[1],
    trust = 'trust.json',
  ): Promise<void> {
    await confirmTrust(page, samples.path(trust))
    await page.setInputFiles('#document-file', documents)
    await page.setInputFiles('#evidence-file', evidence)
    await page.locator('.report[data-outcome]').first().waitFor()
  }

  const failedSteps = (page: Page) =>
    page.locator('.steps li.failed').evaluateAll((all) => all.map((step) => step.getAttribute('data-step')))

  for (const width of [390, 1280]) {
    it(`says that a document is genuine, in steps, at ${width} pixels`, async () => {
      const page = await open(width)
      await verify(page, samples.path('contract.txt'), samples.path('contract.txt.evidence.json'))
      expect(await report(page).getAttribute('data-outcome')).to.equal('VALID')
      const text = await report(page).innerText()
      expect(text).to.match(/有效：审计局、住建局、财政局的节点均持有本记录，不晚于 2026-11-23 10:04:31/)
      expect(text).to.include('HT-2026-001').and.include('合同管理系统').and.include('区块 5')
      expect(await page.locator('.steps li').count()).to.be.at.least(12)
      expect(await page.locator('.steps li:not(.passed)').count()).to.equal(0)
      const wide = await page.evaluate('document.documentElement.scrollWidth > window.innerWidth')
      expect(wide).to.equal(false)
    })
  }

  it('shows in English what it showed in Chinese', async () => {
    const page = await open()
    await verify(page, samples.path('contract.txt'), samples.path('contract.txt.evidence.json'))
    await page.click('#switch')
    expect(await page.getAttribute('html', 'lang')).to.equal('en')
    expect(await report(page).innerText()).to.include(
      'Valid: the nodes of audit, construction and finance held this record',
    )
    const texts = await page.locator('body').innerText()
    // The other language's name on the switch, and what the record itself says.
    expect(texts.replace('中文', '').replace('合同管理系统', '')).to.not.match(/\p{Script=Han}/u)
  })

  it('shows a block proof in steps and a sentence of its own, and that it does not say valid', async () => {
    const page = await open(390)
    await verify(page, samples.path('contract.txt'), samples.path('court.evidence.json'))
    const text = await report(page).innerText()
    expect(text).to.include('并由 4 个排序节点中的 3 个签名排序').and.include('4 个中的 3 个（不证明交易有效）')
    expect(await page.locator('.steps li[data-step^=BLOCK_].passed').count()).to.equal(4)
    expect(await page.evaluate('document.documentElement.scrollWidth > window.innerWidth')).to.equal(false)
    await page.click('#switch')
    expect(await report(page).innerText()).to.include('that it is valid is said by the receipt, not by the block')
  })

  it('names the step that a changed document fails', async () => {
    const page = await open()
    const changed = samples.file('contract.txt', flip)
    await verify(page, [changed], samples.path('contract.txt.evidence.json'))
    expect(await report(page).getAttribute('data-outcome')).to.equal('INVALID')
    expect(await failedSteps(page)).to.deep.equal(['DOCUMENT'])
    expect(await page.locator('.steps .failed .word').innerText()).to.equal('未通过')
  })

  it('refuses evidence that was tampered with, and a file that is no evidence', async () => {
    const page = await open()
    await verify(page, samples.path('contract.txt'), [samples.file('contract.txt.evidence.json', flip)])
    expect(await report(page).getAttribute('data-outcome')).to.equal('INVALID')
    await page.click('#clear')
    await page.setInputFiles('#document-file', samples.path('contract.txt'))
    await page.setInputFiles('#evidence-file', samples.path('batch-0.txt'))
    await report(page).waitFor()
    expect(await report(page).getAttribute('data-outcome')).to.equal('INVALID')
    expect(await failedSteps(page)).to.deep.equal(['EVIDENCE_FILE'])
    expect(await page.locator('.steps li.unknown').count()).to.be.at.least(5)
  })

  it('finds nothing valid under the trust file of another network', async () => {
    const page = await open()
    const evidence = samples.path('contract.txt.evidence.json')
    await verify(page, samples.path('contract.txt'), evidence, 'other.trust.json')
    expect(await report(page).getAttribute('data-outcome')).to.equal('INVALID')
    expect(await failedSteps(page)).to.include('RECEIPT_ENDORSERS')
  })

  it('takes a trust file only from its own place, and only after a person confirmed its fingerprint', async () => {
    const page = await open()
    await page.setInputFiles('#document-file', samples.path('contract.txt'))
    await page.setInputFiles('#evidence-file', [samples.path('contract.txt.evidence.json'), samples.path('trust.json')])
    await page.locator('#files-note .note', { hasText: 'trust.json' }).waitFor()
    expect(await page.locator('#summary').innerText()).to.match(/请先在第 1 步确认信任文件/)
    await page.setInputFiles('#trust-file', samples.path('trust.json'))
    const shown = await page.locator('.fingerprint.large span').allInnerTexts()
    expect(shown).to.have.length(8)
    expect(shown.join('')).to.match(/^\d{40}$/)
    expect(await page.locator('#trust-confirm').isDisabled()).to.equal(true)
    expect(await page.locator('.report[data-outcome]').count()).to.equal(0)
    // By the keyboard alone.
    await page.focus('#trust-check')
    await page.keyboard.press('Space')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await report(page).waitFor()
    expect(await report(page).getAttribute('data-outcome')).to.equal('VALID')
    // Another file takes the confirmation away again.
    await page.locator('#trust-shown button').click()
    await page.setInputFiles('#trust-file', samples.path('other.trust.json'))
    await page.locator('#trust-confirm').waitFor()
    expect(await page.locator('.report[data-outcome]').count()).to.equal(0)
    await page.setInputFiles('#trust-file', samples.path('contract.txt'))
    expect(await page.locator('#trust-shown .note.bad').innerText()).to.match(/不能使用此文件/)
  })

  it('keeps nothing: a page opened again knows no trust file', async () => {
    const page = await open()
    await confirmTrust(page, samples.path('trust.json'))
    const kept = 'JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])'
    expect(await page.evaluate(kept)).to.equal('[{},{},""]')
    await page.reload()
    expect(await page.locator('#trust-choose').isVisible()).to.equal(true)
    expect(await page.locator('.fingerprint').count()).to.equal(0)
  })

  it('says that two of three are weaker', async () => {
    const page = await open()
    await verify(page, samples.path('contract.txt'), samples.path('two.evidence.json'))
    expect(await report(page).getAttribute('data-outcome')).to.equal('VALID')
    expect(await page.locator('.weaker').innerText()).to.equal('证明力较弱')
    expect(await report(page).innerText()).to.include('住建局未签名')
  })

  it('verifies several documents under one batch, and says which has no evidence', async () => {
    const page = await open()
    const documents = ['batch-1.txt', 'batch-2.txt', 'batch-5.txt', 'contract.txt'].map((name) => samples.path(name))
    await verify(page, documents, [samples.path('batch.evidence.json'), samples.path('two.evidence.json')])
    const outcomes = await page
      .locator('.report[data-outcome]')
      .evaluateAll((all) => all.map((card) => card.getAttribute('data-outcome')))
    expect(outcomes).to.deep.equal(['VALID', 'VALID', 'VALID', 'VALID'])
    expect(await page.locator('#summary').innerText()).to.match(/共 4 份：有效 4，无效 0，无法判断 0/)
    const batched = page.locator('.report', { hasText: 'batch-5.txt' })
    await batched.locator('summary').click()
    await batched.locator('.facts').waitFor()
    expect(await batched.innerText()).to.match(/批次第 6 份，共 7 份/)
    await page.setInputFiles('#document-file', samples.path('batch-3.txt'))
    await page.locator('.waiting', { hasText: 'batch-3.txt' }).waitFor()
    expect(await page.locator('.waiting').innerText()).to.include('缺少它的存证凭证文件')
  })

  it('keeps two files of one name apart, and hears the very same one once', async () => {
    const page = await open()
    const same = () => samples.file('contract.txt')
    const evidence = samples.path('contract.txt.evidence.json')
    await verify(page, [same(), samples.file('contract.txt', flip), same()], evidence)
    expect(await page.locator('.report[data-outcome=VALID]').count()).to.equal(1)
    expect(await page.locator('.report[data-outcome=INVALID]').count()).to.equal(1)
    expect(await page.locator('#summary').innerText()).to.match(/共 2 份：有效 1，无效 1/)
  })

  it('takes what is dropped, and tells documents and evidence apart', async () => {
    const page = await open()
    await confirmTrust(page, samples.path('trust.json'))
    const files = ['contract.txt', 'contract.txt.evidence.json'].map((name) => ({
      name,
      base64: readFileSync(samples.path(name)).toString('base64'),
    }))
    const transfer = await page.evaluateHandle((all) => {
      const data = new DataTransfer()
      for (const { name, base64 } of all) {
        data.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name))
      }
      return data
    }, files)
    await page.dispatchEvent('[data-drop=document]', 'drop', { dataTransfer: transfer })
    await report(page).waitFor()
    expect(await report(page).getAttribute('data-outcome')).to.equal('VALID')
  })

  it('reads no name and no record as HTML', async () => {
    const page = await open()
    const name = '<img src=x onerror=alert(1)>\u202Egnp.exe'
    const evidence = samples.file('hostile.evidence.json', (bytes) => bytes, `${name}.evidence.json`)
    await verify(page, [samples.file('contract.txt', (bytes) => bytes, name)], [evidence])
    expect(await report(page).getAttribute('data-outcome')).to.equal('VALID')
    expect(await page.locator('main img, main script, main b, main i').count()).to.equal(0)
    const text = await report(page).innerText()
    expect(text).to.include('<img src=x onerror').and.include('<i>HT</i>').and.not.include('\u202E')
    expect(await page.title()).to.match(/存证核验/)
  })

  it('hashes a large document without freezing, and shows how far it is', async () => {
    const page = await open()
    const large = path.join(samples.folder, 'large.bin')
    writeFileSync(large, 'large')
    truncateSync(large, 96 * 1024 * 1024)
    await confirmTrust(page, samples.path('trust.json'))
    // The longest time that the page did not answer, as a script in it sees it.
    await page.evaluate(() => {
      const seen = globalThis as unknown as { longest: number }
      seen.longest = 0
      let last = performance.now()
      setInterval(() => {
        seen.longest = Math.max(seen.longest, performance.now() - last)
        last = performance.now()
      }, 10)
    })
    await page.setInputFiles('#document-file', large)
    await page.locator('#progress').waitFor({ state: 'visible' })
    expect(await page.locator('#progress-text').innerText()).to.include('large.bin')
    expect(await page.locator('#progress-text').innerText()).to.match(/\d+ %/)
    await page.locator('.waiting', { hasText: 'large.bin' }).waitFor({ timeout: 50_000 })
    expect(await page.locator('#progress').isHidden()).to.equal(true)
    expect(await page.evaluate(() => (globalThis as unknown as { longest: number }).longest)).to.be.lessThan(1500)
  })

  it('drops at once what it was reading when the files are removed', async () => {
    const page = await open()
    const large = path.join(samples.folder, 'huge.bin')
    writeFileSync(large, 'huge')
    truncateSync(large, 4 * 1024 ** 3)
    await verify(page, samples.path('contract.txt'), samples.path('contract.txt.evidence.json'))
    await page.setInputFiles('#document-file', large)
    await page.locator('#progress').waitFor({ state: 'visible' })
    await page.click('#clear')
    expect(await page.locator('.report').count()).to.equal(0)
    await page.locator('#progress').waitFor({ state: 'hidden' })
    expect(await page.locator('#summary').innerText()).to.match(/尚无结果/)
    rmSync(large)
  })

  it('can send nothing, even if a script in it tried', async () => {
    const page = await open()
    let connections = 0
    const server = createServer().on('connection', () => connections++)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/x.png`
    await page.context().setOffline(false)
    const sent = await page.evaluate(
      (target) =>
        Promise.all([
          fetch(target).then(
            () => 'sent',
            () => 'refused',
          ),
          new Promise((resolve) => {
            const image = new Image()
            image.onload = () => resolve('sent')
            image.onerror = () => resolve('refused')
            image.src = target
          }),
          new Promise((resolve) => {
            const script = document.createElement('script')
            script.textContent = 'window.ran = true'
            document.body.append(script)
            resolve('ran' in window ? 'ran' : 'refused')
          }),
        ]),
      url,
    )
    server.close()
    expect(sent).to.deep.equal(['refused', 'refused', 'refused'])
    expect(connections).to.equal(0)
    // Told by the policy, each of them; the browser also reports the image that it did not ask for.
    const policy = opened.complaints.filter((complaint) => complaint !== url)
    expect(policy.every((complaint) => complaint.includes('Content Security Policy'))).to.equal(true)
    expect(policy.length).to.be.at.least(3)
    opened.complaints.length = 0
  })

  it('names every control, and every part of it can be reached by the keyboard', async () => {
    const page = await open()
    await verify(page, samples.path('contract.txt'), samples.path('contract.txt.evidence.json'))
    const unnamed = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('button, input, summary')]
        .filter((control) => control.offsetParent !== null)
        .filter((control) => {
          const labels = control instanceof HTMLInputElement ? [...(control.labels ?? [])] : []
          const name = control.getAttribute('aria-label') ?? [control, ...labels].map((e) => e.textContent).join('')
          return name.trim() === '' || control.tabIndex < 0
        })
        .map((control) => control.outerHTML.slice(0, 80)),
    )
    expect(unnamed).to.deep.equal([])
  })

  it('prints the results opened, without the controls', async () => {
    const page = await open()
    const documents = ['batch-1.txt', 'batch-2.txt', 'batch-5.txt'].map((name) => samples.path(name))
    await verify(page, documents, samples.path('batch.evidence.json'))
    await page.emulateMedia({ media: 'print' })
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
    expect(await page.locator('details[open]').count()).to.equal(3)
    expect(await page.locator('#files').isVisible()).to.equal(false)
    expect(await page.locator('.fingerprint').isVisible()).to.equal(true)
  })
})
