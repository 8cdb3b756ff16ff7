import { expect } from 'chai'
import { execFile } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { decodeEvidence, openTrust, type Report } from '@caizheng/evidence'
import { hasOpenssl, startAuthority } from '../authority.js'
import { cli, repository } from '../support.js'
import { about, project, startCounty, type County } from './county.js'

describe('caizheng on the embedded network', function () {
  this.timeout(60_000)
  let county: County
  let folder: string
  let first: Awaited<ReturnType<typeof cli>>
  const at = (name: string) => join(folder, name)
  const anchorArgs = () => {
    const { issuer, provenance } = about('')
    return [
      ...['--profile', at('finance.json'), '--project', project, '--type', 'CONTRACT', '--number', 'HT-9'],
      ...['--issuer', issuer ?? '', '--source-system', provenance?.sourceSystem ?? '', '--generator', 'export 4.2'],
    ]
  }

  const anchorBoth = () => ['anchor', at('a.pdf'), at('b.pdf'), ...anchorArgs(), '--out', at('out')]

  before(async () => {
    county = await startCounty()
    folder = await mkdtemp(join(tmpdir(), 'caizheng-cli-'))
    await writeFile(at('finance.json'), JSON.stringify(county.profile('FinanceMSP')))
    await writeFile(at('trust.json'), county.trust)
    for (const name of ['a.pdf', 'b.pdf']) await writeFile(at(name), randomBytes(2000))
    first = await cli(anchorBoth())
  })
  after(async () => {
    await county.stop()
    await rm(folder, { recursive: true })
  })

  const verifyArgs = (name: string) => [
    ...['verify', at(name), '--evidence', at('out/a.pdf.evidence.json'), '--trust', at('trust.json')],
  ]

  it('anchors several documents and leaves an evidence file of each', async () => {
    const { code, stdout, stderr } = first
    expect(stderr).to.equal('')
    expect(code).to.equal(0)
    expect(stdout.match(/^Anchored: /gm)).to.have.length(2)
    expect(stdout).to.include('FinanceMSP, AuditMSP, ConstructionMSP')
    const again = await cli(['--lang', 'zh', ...anchorBoth()])
    expect(again.stdout.match(/^此前已存证：/gm)).to.have.length(2)
  })

  it('anchors a folder in batches, keeps its structure, and leaves evidence of each that verifies', async () => {
    await mkdir(at('scans/deep'), { recursive: true })
    const names = [...Array.from({ length: 18 }, (_, index) => `scans/p${index}.jpg`), 'scans/deep/p0.jpg']
    for (const name of names) await writeFile(at(name), randomBytes(100))
    await writeFile(at('scans/p0.jpg.evidence.json'), '{}')
    const args = anchorArgs().map((arg) => (arg === 'CONTRACT' ? 'SITE_EVIDENCE' : arg === 'HT-9' ? 'XC-{name}' : arg))
    const { code, stdout } = await cli(['anchor', at('scans'), ...args, '--out', at('proofs'), '--json'])
    expect(code).to.equal(0)
    const report = JSON.parse(stdout) as { kind: string; id: string; missing: string[] }[]
    expect(report.length).to.equal(19)
    expect(new Set(report.map(({ kind, id }) => `${kind} ${id}`)).size).to.equal(1)
    for (const name of ['p17.jpg', 'deep/p0.jpg']) {
      const files = ['--evidence', at(`proofs/${name}.evidence.json`), '--trust', at('trust.json')]
      expect((await cli(['verify', at(`scans/${name}`), ...files])).code).to.equal(0)
      expect((await cli(['verify', at('a.pdf'), ...files])).code).to.equal(1)
    }
    const evidence = decodeEvidence(await readFile(at('proofs/deep/p0.jpg.evidence.json'))).subject
    expect(evidence.type === 'batch' && evidence.leaves[0]?.leaf.number).to.equal('XC-p0')

    const some = await cli([
      'anchor',
      at('scans/**/p1*.jpg'),
      at('absent.jpg'),
      ...args,
      '--out',
      at('more'),
      '--batch',
    ])
    expect(some.code).to.equal(2)
    expect(some.stdout).to.include('Anchored: 9 / 10')
    expect(some.stderr).to.include('DOCUMENT_NOT_FOUND')
    expect((await cli(['anchor', at('none/*.pdf'), ...args])).stderr).to.include('nothing matches')
  })

  it('has evidence time-stamped, and loses nothing where the authority is away', async function () {
    // The authority is OpenSSL's own; a machine may be without it.
    if (!hasOpenssl()) return this.skip()
    const authority = await startAuthority()
    await writeFile(at('stamping.json'), authority.trusted(county.trust))
    const trust = ['--trust', at('stamping.json')]
    const tsa = ['--tsa', authority.url, ...trust]
    const stampsOf = async (name: string) => {
      const evidence = at(`stamped/${name}.evidence.json`)
      const { stdout } = await cli(['verify', at(name), '--evidence', evidence, ...trust, '--json'])
      const { outcome, proven } = JSON.parse(stdout) as Report
      return { outcome, names: proven?.timeStamps.map(({ name: { zh }, over }) => `${zh} ${over}`) }
    }
    try {
      const anchor = (name: string, ...more: string[]) =>
        cli(['anchor', at(name), ...anchorArgs(), '--out', at('stamped'), ...more])
      expect((await anchor('a.pdf', ...tsa)).stdout).to.match(/time-stamp +over the receipt/)
      expect(await stampsOf('a.pdf')).to.deep.equal({ outcome: 'VALID', names: ['时间戳中心 receipt'] })
      // In a batch one stamp serves all.
      const photograph = ['--type', 'SITE_EVIDENCE', '--batch']
      expect((await anchor('b.pdf', ...photograph, ...tsa, '--json')).stdout).to.include('"timeStamped": true')
      expect(await stampsOf('b.pdf')).to.deep.equal({ outcome: 'VALID', names: ['时间戳中心 receipt'] })

      const away = ['--tsa', 'http://127.0.0.1:1/', ...trust]
      for (const [name, how] of [
        ['a.pdf', []],
        ['b.pdf', photograph],
      ] as const) {
        const { code, stderr } = await anchor(name, ...how, ...away)
        expect(code).to.equal(0)
        expect(stderr).to.include('TIMESTAMP_UNAVAILABLE').and.include('caizheng stamp')
        expect(await stampsOf(name)).to.deep.equal({ outcome: 'VALID', names: [] })
      }
      const files = ['a.pdf', 'b.pdf'].map((name) => at(`stamped/${name}.evidence.json`))
      expect((await cli(['stamp', ...files, ...tsa, '--over', 'record'])).code).to.equal(0)
      for (const name of ['a.pdf', 'b.pdf']) expect((await stampsOf(name)).names).to.deep.equal(['时间戳中心 record'])
      const refused = await cli(['stamp', ...files, '--tsa', authority.url, '--trust', at('trust.json')])
      expect(refused.code).to.equal(2)
      expect(refused.stderr).to.include('TIMESTAMP_REJECTED')
      expect((await anchor('a.pdf', '--tsa', authority.url)).stderr).to.include('--tsa needs --trust')
    } finally {
      authority.stop()
    }
  })

  it('adds block proofs, to what it anchors and to evidence that exists', async () => {
    const blockOf = async (name: string) => {
      const evidence = ['--evidence', at(`court/${name}.evidence.json`), '--trust', at('trust.json')]
      const { code, stdout } = await cli(['verify', at(name), ...evidence, '--json'])
      expect(code, name).to.equal(0)
      return (JSON.parse(stdout) as Report).proven?.block
    }
    const anchor = (name: string, ...more: string[]) =>
      cli(['anchor', at(name), ...anchorArgs(), '--out', at('court'), ...more])
    expect((await anchor('a.pdf', '--block-proof')).stdout).to.match(/block proof +added/)
    const proven = await blockOf('a.pdf')
    expect(proven?.submitter.mspId).to.equal('FinanceMSP')
    expect(proven?.orderers.all).to.equal(4)
    expect(proven?.endorsers.length).to.be.at.least(2)

    const photograph = ['--type', 'SITE_EVIDENCE', '--batch']
    expect((await anchor('b.pdf', ...photograph, '--block-proof', '--json')).stdout).to.include('"blockProof": true')
    expect(await blockOf('b.pdf')).to.not.equal(undefined)

    await anchor('b.pdf')
    expect(await blockOf('b.pdf')).to.equal(undefined)
    const file = at('court/b.pdf.evidence.json')
    expect((await cli(['prove', file, '--profile', at('finance.json')])).stdout).to.include('Block proof added')
    const said = await cli(['verify', at('b.pdf'), '--evidence', file, '--trust', at('trust.json')])
    expect(said.stdout).to.include('only the receipt says').and.include('ordered by')
    expect((await cli(['trust', 'show', at('trust.json')])).stdout).to.match(
      /orderers +from block 1: FinanceOrdererMSP/,
    )
  })

  it('a block proof that can not be had costs no evidence', async () => {
    // Another network's evidence: this peer knows no such transaction.
    const strange = repository('evidence/test/fixtures/sealed/contract.txt.evidence.json')
    const before = await readFile(strange)
    const file = at('strange.evidence.json')
    await writeFile(file, before)
    const { code, stderr } = await cli(['prove', file, '--profile', at('finance.json')])
    expect(code).to.equal(2)
    expect(stderr)
      .to.match(/Error: .*\n/)
      .and.to.not.include('    at ')
    expect(await readFile(file)).to.deep.equal(before)
  })

  it('verifies in an own process, with 0 for valid, 1 for wrong and 2 for what it can not tell', async () => {
    const program = repository('client-sdk/bin/caizheng.js')
    const run = async (args: readonly string[]) =>
      promisify(execFile)(process.execPath, [program, ...args], { env: { LANG: 'en' } }).then(
        ({ stdout }) => ({ code: 0, stdout }),
        (error: { code: number; stdout: string }) => ({ code: error.code, stdout: error.stdout }),
      )
    const valid = await run(verifyArgs('a.pdf'))
    expect(valid.stdout).to.match(/^Valid: /m)
    expect(valid.code).to.equal(0)
    for (const line of ['document matches its record', 'record is on the chain', 'nodes signed']) {
      expect(valid.stdout).to.include(line)
    }
    const wrong = await run(verifyArgs('b.pdf'))
    expect(wrong.code).to.equal(1)
    expect(wrong.stdout)
      .to.match(/^✗ document matches its record/m)
      .and.to.match(/^Invalid: /m)
    expect((await run([...verifyArgs('a.pdf'), '--fingerprint', '1'.repeat(40)])).code).to.equal(2)
    const evidence = await readFile(at('out/a.pdf.evidence.json'), 'utf8')
    await writeFile(at('newer.evidence.json'), evidence.replace('"version":1', '"version":2'))
    const newer = ['verify', at('a.pdf'), '--evidence', at('newer.evidence.json'), '--trust', at('trust.json')]
    expect((await run(newer)).code).to.equal(2)
  })

  it('verifies in Chinese, and as JSON', async () => {
    expect((await cli(['--lang', 'zh', ...verifyArgs('a.pdf')])).stdout).to.match(/^有效：/m)
    const { stdout } = await cli([...verifyArgs('a.pdf'), '--json'])
    const report = JSON.parse(stdout) as { outcome: string; fingerprint: string }
    expect(report.outcome).to.equal('VALID')
    expect(report.fingerprint).to.equal(openTrust(county.trust).fingerprint)
  })

  it('prints a certificate of what verifies, and none of what does not', async () => {
    const args = (name: string, ...more: string[]) => ['certificate', ...verifyArgs(name).slice(1), ...more]
    const { code, stdout } = await cli(args('a.pdf', '-o', at('a.certificate.pdf')))
    expect(code).to.equal(0)
    expect(stdout)
      .to.include('a.certificate.pdf')
      .and.to.match(/^Valid: /m)
    expect((await readFile(at('a.certificate.pdf'))).subarray(0, 5).toString()).to.equal('%PDF-')
    const wrong = await cli(['--lang', 'zh', ...args('b.pdf')])
    expect(wrong.code).to.equal(1)
    expect(wrong.stderr).to.include('未生成核验单')
    expect(await readdir(folder)).to.not.include('b.pdf.certificate.pdf')
  })

  it('shows an anchor by its id, by its document, and an evidence file as not verified', async () => {
    const profile = ['--profile', at('finance.json')]
    const byDocument = await cli(['show', at('a.pdf'), ...profile, '--json'])
    const [anchor] = JSON.parse(byDocument.stdout) as { id: string }[]
    const byId = await cli(['show', anchor?.id ?? '', ...profile])
    expect(byId.stdout).to.include('HT-9').and.to.include('合同管理系统')
    const file = await cli(['show', at('out/a.pdf.evidence.json')])
    expect(file.stdout).to.include(anchor?.id).and.to.include('AuditMSP')
    expect(file.stderr).to.include('nothing is verified')
    await writeFile(at('never.pdf'), randomBytes(10))
    expect((await cli(['show', at('never.pdf'), ...profile])).code).to.equal(1)
  })

  it('shows a batch: how many, where, when, by whom, and its documents up to a limit', async () => {
    const client = await county.client('FinanceMSP')
    const documents = Array.from({ length: 5 }, (_, index) => ({
      document: randomBytes(20),
      about: { ...about(`XC-${index}`), type: 'SITE_EVIDENCE' as const },
    }))
    const path = at('lot.evidence.json')
    for await (const { batch } of client.evidence.anchorWindows(documents, { lane: 'shown' })) await batch?.save(path)
    const { stdout } = await cli(['--lang', 'zh', 'show', path, '--trust', at('trust.json'), '--limit', '2'])
    for (const line of [
      /批内文件数 +5$/m,
      /批次序列 +shown-1，第 1 批$/m,
      /根 SHA-256 +[0-9a-f]{64}$/m,
      /存证单位 +财政局（FinanceMSP） · /m,
      /上链时间 +\d{4}-\d\d-\d\d \d\d:\d\d:\d\d（北京时间）$/m,
      /复核签名 +审计局（AuditMSP）、住建局（ConstructionMSP）、财政局（FinanceMSP）$/m,
      /^ +1 {2}现场影像与记录 {2}XC-1 {2}sha256 [0-9a-f]{64}$/m,
      /另有 3 份未列出/,
    ]) {
      expect(stdout).to.match(line)
    }
    expect(stdout).to.not.include('XC-2')
    const whole = JSON.parse((await cli(['show', path, '--json'])).stdout) as { leaves: unknown[] }
    expect(whole.leaves).to.have.length(5)
  })

  it('finds by either digest on the chain, and says who else may know', async () => {
    const profile = ['--profile', at('finance.json')]
    const digest = (name: string) => createHash(name).update(bytes).digest('hex')
    const bytes = await readFile(at('a.pdf'))
    for (const by of [digest('sha256'), digest('sm3'), at('a.pdf')]) {
      expect((await cli(['show', '--digest', by, ...profile])).stdout).to.include('HT-9')
    }
    const none = await cli(['--lang', 'zh', 'show', '--digest', '0'.repeat(64), ...profile])
    expect(none.code).to.equal(1)
    expect(none.stderr).to.include('--gateway')
    const away = await cli(['show', '--digest', digest('sm3'), '--gateway', 'http://127.0.0.1:1/'])
    expect(away.code).to.equal(2)
    expect(away.stderr).to.include('NOT_REACHABLE')
  })

  it('shows a trust file and the fingerprint to compare', async () => {
    const { code, stdout } = await cli(['trust', 'show', at('trust.json')])
    expect(code).to.equal(0)
    expect(stdout).to.include(openTrust(county.trust).fingerprint).and.to.include(county.network.id)
    expect((await cli(['trust', 'show', at('a.pdf')])).code).to.equal(2)
  })

  it('says in Chinese what the contract refused and what to do', async () => {
    const args = ['anchor', at('a.pdf'), ...anchorArgs(), '--number', 'HT-other', '--lang', 'zh']
    const { code, stderr } = await cli(args)
    expect(code).to.equal(2)
    expect(stderr).to.include('ANCHOR_CONFLICT').and.to.include('存证不可覆盖')
  })
})
