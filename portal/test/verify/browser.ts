import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser, type Page } from 'playwright-core'

const program = process.env['CHROMIUM'] ?? '/usr/bin/chromium'
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
const root = fileURLToPath(new URL('../../../..', import.meta.url))

/** Documents with their evidence, made anew by the evidence package, and the moment to verify them at. */
export class Samples {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'caizheng-page-'))
  readonly now: Date

  constructor(lone = 0) {
    const script = path.join(root, 'evidence/scripts/write-samples.mjs')
    this.now = new Date(
      execFileSync(process.execPath, [script, this.folder, String(lone)], { encoding: 'utf8' }).trim(),
    )
  }

  path(name: string): string {
    return path.join(this.folder, name)
  }

  /** A file as a browser takes it; `change` spoils it, `name` renames it. */
  file(name: string, change: (bytes: Buffer) => Buffer = (bytes) => bytes, as = name) {
    return { name: as, mimeType: 'application/octet-stream', buffer: change(readFileSync(this.path(name))) }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true })
  }
}

/** The page as it was built, opened from the disk, and what it did that it must not. */
export interface Opened {
  readonly page: Page
  /** Errors, refusals by the page's own policy, and every request but the page itself. */
  readonly complaints: string[]
  close(): Promise<void>
}

/** The browser, or undefined where there is none: said on the screen, so that a skipped page is not taken for a tried one. */
export async function launch(): Promise<Browser | undefined> {
  if (!existsSync(program)) {
    // eslint-disable-next-line no-console
    console.log(`      no browser at ${program}: the page is not tried (apt-get install chromium)`)
    return undefined
  }
  return chromium.launch({ executablePath: program, args: flags })
}

/** A folder of the built page. */
export const builtPage = path.join(root, 'portal/dist/verify/verify.html')

export async function openPage(browser: Browser, now: Date, width = 1280): Promise<Opened> {
  const context = await browser.newContext({ viewport: { width, height: 900 } })
  const complaints: string[] = []
  context.on('request', (request) => {
    if (!request.url().startsWith('file:') || !request.isNavigationRequest()) complaints.push(request.url())
  })
  const page = await context.newPage()
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  await page.addInitScript(clockAt, now.getTime())
  await page.goto(`file://${builtPage}`)
  await context.setOffline(true)
  return { page, complaints, close: () => context.close() }
}

/** Sets the browser's clock, which the samples' certificates are judged by; it goes on from there. */
function clockAt(now: number): void {
  const shift = now - Date.now()
  const Real = Date
  globalThis.Date = class extends Real {
    constructor(...given: unknown[]) {
      super(...((given.length > 0 ? given : [Real.now() + shift]) as [number]))
    }
    static override now(): number {
      return Real.now() + shift
    }
  } as DateConstructor
}

/** Chooses a trust file and confirms it as a person does. */
export async function confirmTrust(page: Page, trust: string): Promise<void> {
  await page.setInputFiles('#trust-file', trust)
  await page.check('#trust-check')
  await page.click('#trust-confirm')
}
