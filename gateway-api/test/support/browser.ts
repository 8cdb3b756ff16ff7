import { existsSync } from 'node:fs'
import { chromium, type Browser, type Page } from 'playwright-core'

const path = process.env['CHROMIUM'] ?? '/usr/bin/chromium'

/** A browser; undefined, and said on the screen, where there is none, so that a skipped page is not taken for a tried one. */
export async function startBrowser(): Promise<Browser | undefined> {
  if (!existsSync(path)) {
    // eslint-disable-next-line no-console
    console.log(`      no browser at ${path}: the page is not tried (apt-get install chromium)`)
    return undefined
  }
  const switches = ['gpu', 'quic', 'background-networking', 'component-update', 'sync'].map(
    (name) => `--disable-${name}`,
  )
  return chromium.launch({ executablePath: path, args: ['--no-sandbox', '--no-first-run', ...switches] })
}

/** Opens a page and collects what a page must never have: errors, refusals by the security policy, requests elsewhere. */
export async function openPage(
  browser: Browser,
  url: string,
  { width = 1280, complaints = [] as string[] } = {},
): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width, height: 900 } })).newPage()
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    // A look-up of an unknown thing, and a guarded gateway, answer with an error status by design.
    if (message.type() === 'error' && !/status of (404|401)/.test(message.text())) complaints.push(message.text())
  })
  page.on('request', (request) => {
    const { origin } = new URL(url)
    if (!request.url().startsWith(origin) && !request.url().startsWith('blob:')) complaints.push(request.url())
  })
  await page.goto(url)
  return page
}
