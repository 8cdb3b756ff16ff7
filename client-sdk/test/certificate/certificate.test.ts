import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { verify, type Report } from '@caizheng/evidence'
import { expect } from 'chai'
import jsQR from 'jsqr'
import { makeCertificate } from '../../src/index.js'
import { repository } from '../support.js'
import { readPdf, type Rectangle } from './read-pdf.js'

describe('the certificate', function () {
  this.timeout(30_000)
  let folder: string
  let at: Date

  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'caizheng-certificate-'))
    const script = repository('evidence/scripts/write-samples.mjs')
    at = new Date(execFileSync(process.execPath, [script, folder], { encoding: 'utf8' }).trim())
  })
  after(() => rmSync(folder, { recursive: true }))

  const read = (name: string): Buffer => readFileSync(path.join(folder, name))
  const reportOn = (document: string, evidence: string): Report =>
    verify(read(document), read(evidence), read('trust.json'), { at })
  const certify = (document: string, evidence: string, file = document) =>
    makeCertificate({ report: reportOn(document, evidence), file, evidence: read(evidence), at })

  it('says in both languages what was anchored, by whom, when, from where, who signed and how to check', async () => {
    const { texts, document } = await readPdf(await certify('contract.txt', 'contract.txt.evidence.json'))
    const text = texts.join('\n').replaceAll('\n', '')
    const report = reportOn('contract.txt', 'contract.txt.evidence.json')
    for (const expected of [
      report.statement.zh,
      report.statement.en.replaceAll(' ', ''),
      report.fingerprint ?? 'no fingerprint',
      createHash('sha256').update(read('contract.txt')).digest('hex'),
      createHash('sm3').update(read('contract.txt')).digest('hex'),
      createHash('sha256').update(read('contract.txt.evidence.json')).digest('hex'),
      '2303-331003-04-01-000001',
      'HT-2026-001',
      '合同管理系统',
      'export 4.2',
      '财政局 finance (FinanceMSP)',
      '2026-11-23 10:04:29（北京时间）',
      '不晚于 2026-11-23 10:04:31（北京时间',
      '区块 5，第 1 笔交易',
      'AuditMSP',
      'ConstructionMSP',
      '第十六条',
      '第十七条',
      '第十八条',
      'verify.html',
      'caizheng verify',
    ]) {
      expect(text.replaceAll(' ', '')).to.include(expected.replaceAll(' ', ''))
    }
    for (const { name } of report.steps) expect(text).to.include(name.zh).and.include(name.en)
    expect(document.getTitle()).to.include('contract.txt')
  })

  it('calls itself no notarisation, and says what it does not prove', async () => {
    const { texts } = await readPdf(await certify('contract.txt', 'contract.txt.evidence.json'))
    for (const page of texts) expect(page).to.include('不是公证书，也不是鉴定意见')
    expect(texts.join('')).to.include('本单不证明').and.include('Not a notarial certificate')
  })

  it('carries the digest in a QR code that reads', async () => {
    const { rectangles } = await readPdf(await certify('contract.txt', 'contract.txt.evidence.json'))
    const modules = (rectangles[0] ?? []).filter(({ width, height }) => Math.abs(width - height) < 1e-6)
    const decoded = decode(modules)
    expect(decoded).to.equal(`sha256:${createHash('sha256').update(read('contract.txt')).digest('hex')}`)
  })

  it('names the place of a document in its batch, and a receipt that is weaker', async () => {
    const batched = await readPdf(await certify('batch-5.txt', 'batch.evidence.json'))
    expect(batched.texts.join('')).to.include('leaf 5 of 7')
    const weaker = await readPdf(await certify('contract.txt', 'two.evidence.json'))
    expect(weaker.texts.join('')).to.include('证明力较弱').and.include('住建局未签名')
  })

  it('is marked on every page where the trust file says that the network is for trials, and nowhere else', async () => {
    const marked = async (trust: string) => {
      const evidence = read('contract.txt.evidence.json')
      const report = verify(read('contract.txt'), evidence, read(trust), { at })
      return (await readPdf(await makeCertificate({ report, file: 'contract.txt', evidence, at }))).texts
    }
    const trial = await marked('trial.trust.json')
    expect(trial[0]).to.include('试用网络，全部节点由同一运行者运行').and.include('Trial network')
    for (const page of trial) expect(page).to.include('上链存证核验单（试用网络）')
    for (const page of await marked('trust.json')) expect(page).to.not.include('试用')
  })

  it('is the same bytes for the same report', async () => {
    const [one, two] = [
      await certify('contract.txt', 'contract.txt.evidence.json'),
      await certify('contract.txt', 'contract.txt.evidence.json'),
    ]
    expect(Buffer.compare(one, two)).to.equal(0)
    expect(one.length).to.be.lessThan(200_000)
  })

  it('is not made of what is not valid', async () => {
    const refused = await certify('batch-0.txt', 'contract.txt.evidence.json').catch((error: unknown) => error)
    expect(refused).to.be.instanceOf(RangeError)
  })

  it('prints rare characters, a box for what the font lacks, and long names in lines', async () => {
    const name = `龘䶮𬭎😀${'很长的文件名'.repeat(20)}.pdf`
    const { texts } = await readPdf(await certify('contract.txt', 'contract.txt.evidence.json', name))
    expect(texts[0]).to.include('龘䶮𬭎□')
    expect(texts.join('').replaceAll('\n', '')).to.include('很长的文件名'.repeat(20))
  })
})

/** What a reader sees in the filled squares. */
function decode(modules: readonly Rectangle[]): string | undefined {
  const side = modules[0]?.width ?? 0
  const left = Math.min(...modules.map(({ x }) => x))
  const top = Math.max(...modules.map(({ y }) => y))
  const scale = 4
  const quiet = 4
  const size = (Math.round((Math.max(...modules.map(({ x }) => x)) - left) / side) + 1 + 2 * quiet) * scale
  const pixels = new Uint8ClampedArray(size * size * 4).fill(255)
  for (const { x, y } of modules) {
    const column = (Math.round((x - left) / side) + quiet) * scale
    const line = (Math.round((top - y) / side) + quiet) * scale
    for (let dy = 0; dy < scale; dy++) {
      for (let dx = 0; dx < scale; dx++)
        pixels.fill(0, ((line + dy) * size + column + dx) * 4, ((line + dy) * size + column + dx) * 4 + 3)
    }
  }
  const read = jsQR as unknown as typeof jsQR.default
  return read(pixels, size, size)?.data
}
