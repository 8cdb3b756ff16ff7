import { expect } from 'chai'
import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, verifyDocument, type Client } from '../../src/index.js'
import { codeOf, collect } from '../support.js'
import { about, project, startCounty, type County } from './county.js'

describe('anchoring on the embedded network', function () {
  this.timeout(30_000)
  let county: County
  let finance: Client
  let audit: Client
  let folder: string

  before(async () => {
    county = await startCounty()
    finance = await county.client('FinanceMSP')
    audit = await county.client('AuditMSP')
    folder = await mkdtemp(join(tmpdir(), 'caizheng-anchor-'))
  })
  after(async () => {
    await county.stop()
    await rm(folder, { recursive: true })
  })

  it('anchors a file, and its saved evidence verifies offline', async () => {
    const document = join(folder, 'contract.pdf')
    const evidence = join(folder, 'contract.pdf.evidence.json')
    const bytes = randomBytes(3_000_000)
    await writeFile(document, bytes)
    const anchored = await finance.evidence.anchor(document, about('HT-1'))
    expect(anchored.created).to.equal(true)
    expect(anchored.id).to.match(/^[0-9a-f]{64}$/)
    expect(anchored.anchor).to.deep.include({
      network: county.network.id,
      size: bytes.length,
      digests: {
        sha256: createHash('sha256').update(bytes).digest('hex'),
        sm3: createHash('sm3').update(bytes).digest('hex'),
      },
    })
    expect(anchored.anchor.submitter.msp).to.equal('FinanceMSP')
    expect(await finance.status(anchored.transactionId)).to.include({ block: anchored.block, valid: true })

    const receipt = await anchored.save(evidence)
    expect(receipt).to.deep.include({ organizations: ['FinanceMSP', 'AuditMSP', 'ConstructionMSP'], missing: [] })
    finance.close()
    finance = await county.client('FinanceMSP')

    const report = await verifyDocument(document, evidence, county.trust)
    expect(report.statement.en).to.match(/^Valid/)
    expect(report.outcome).to.equal('VALID')
    expect(report.proven?.place.block).to.equal(anchored.block)

    bytes[1_000_000] = (bytes[1_000_000] ?? 0) ^ 1
    const changed = await verifyDocument(bytes, evidence, county.trust)
    expect(changed.outcome).to.equal('INVALID')
    expect(changed.steps.find(({ outcome }) => outcome === 'failed')?.code).to.equal('DOCUMENT')
  })

  it('anchors the same again without writing, and says so', async () => {
    const bytes = randomBytes(100)
    const first = await finance.evidence.anchor(bytes, about('HT-2'))
    const height = await finance.height()
    const again = await finance.evidence.anchor(bytes, about('HT-2'))
    expect(again.created).to.equal(false)
    expect([again.id, again.transactionId, again.block]).to.deep.equal([first.id, first.transactionId, first.block])
    expect(await finance.height()).to.equal(height)
  })

  it('anchors the same in parallel as one', async () => {
    const bytes = randomBytes(100)
    const anchored = await Promise.all(Array.from({ length: 8 }, () => finance.evidence.anchor(bytes, about('HT-3'))))
    expect(new Set(anchored.map(({ id }) => id)).size).to.equal(1)
    expect(new Set(anchored.map(({ transactionId }) => transactionId)).size).to.equal(1)
    expect(anchored.filter(({ created }) => created)).to.have.length(1)
  })

  it('refuses other particulars for the same document, with the contract’s code and what differs', async () => {
    const bytes = randomBytes(100)
    await finance.evidence.anchor(bytes, about('HT-4'))
    const error = await codeOf(finance.evidence.anchor(bytes, about('HT-4-changed')))
    expect(error).to.deep.include({ code: 'ANCHOR_CONFLICT', stage: 'endorse', name: 'EndorseError' })
    expect(error.transactionId).to.match(/^[0-9a-f]{64}$/)
    expect(JSON.stringify(error.details)).to.include('number')
    expect(error.organizations.length).to.be.greaterThan(0)
    expect(error.message).not.to.match(/attached details/)
  })

  it('gives each submitter a place of its own, and finds them all by either digest', async () => {
    const bytes = randomBytes(100)
    const ours = await finance.evidence.anchor(bytes, about('HT-5'))
    const theirs = await audit.evidence.anchor(bytes, about('HT-5'))
    expect(theirs.created).to.equal(true)
    expect(theirs.id).not.to.equal(ours.id)
    const ids = [ours.id, theirs.id].sort()
    const idsOf = (anchors: { id: string }[]) => anchors.map(({ id }) => id).sort()
    expect(idsOf(await collect(audit.evidence.find(bytes)))).to.deep.equal(ids)
    const sm3 = { algorithm: 'sm3', digest: ours.anchor.digests.sm3 } as const
    expect(idsOf(await collect(finance.evidence.find(sm3, { pageSize: 1 })))).to.deep.equal(ids)
    expect(await collect(finance.evidence.find(randomBytes(10)))).to.deep.equal([])
  })

  it('lists a project page by page, oldest first, without gap or repetition', async () => {
    const other = '2303-331003-04-01-000077'
    const anchors = []
    for (let number = 0; number < 7; number++) {
      anchors.push(await finance.evidence.anchor(randomBytes(20), { ...about(`L-${number}`), project: other }))
    }
    const listed = await collect(finance.evidence.list(other, { pageSize: 3 }))
    expect(listed.map(({ number }) => number)).to.deep.equal(anchors.map(({ anchor }) => anchor.number))
  })

  it('links a new version to the old one', async () => {
    const first = await finance.evidence.anchor(randomBytes(20), about('V-1'))
    const second = await finance.evidence.anchor(randomBytes(20), { ...about('V-1'), previous: first.id })
    expect(second.anchor.previous).to.equal(first.id)
    const versions = await collect(finance.evidence.versions(first.id))
    expect(versions.map(({ id }) => id)).to.include(second.id)
    const nowhere = { ...about('V-1'), previous: 'f'.repeat(64) }
    expect((await codeOf(finance.evidence.anchor(randomBytes(20), nowhere))).code).to.equal('PREVIOUS_NOT_FOUND')
  })

  it('opens an anchor by its id, and says when there is none', async () => {
    const anchored = await finance.evidence.anchor(randomBytes(20), about('O-1'))
    const opened = await audit.evidence.open(anchored.id)
    expect([opened.anchor, opened.block]).to.deep.equal([anchored.anchor, anchored.block])
    const error = await codeOf(finance.evidence.get('0'.repeat(64)))
    expect(error).to.include({ code: 'ANCHOR_NOT_FOUND', stage: 'evaluate' })
    expect((await codeOf(finance.evidence.receipt('0'.repeat(64)))).code).to.equal('ANCHOR_NOT_FOUND')
  })

  it('refuses a bad request before anything is sent, naming every field', async () => {
    const height = await finance.height()
    const bad = { ...about(''), project: 'x' }
    const error = await codeOf(finance.evidence.anchor(randomBytes(20), bad))
    expect(error).to.include({ code: 'INPUT_INVALID', stage: 'prepare' })
    expect(error.message).to.include('/project').and.to.include('/number')
    expect(await finance.height()).to.equal(height)
  })

  it('takes from the profile what is the same for every document, and the time from the file', async () => {
    const { issuer, provenance } = about('')
    const client = await connect({
      profile: county.profile('FinanceMSP', {
        defaults: { issuer: issuer ?? '', provenance: { sourceSystem: '合同管理系统', generator: 'export 4.2' } },
      }),
    })
    try {
      const document = join(folder, 'plain.txt')
      await writeFile(document, 'text')
      const anchored = await client.evidence.anchor(document, { project, type: 'CONTRACT', number: 'D-1' })
      expect(anchored.anchor.issuer).to.equal(issuer)
      expect(anchored.anchor.provenance.sourceSystem).to.equal(provenance?.sourceSystem)
      expect(anchored.anchor.provenance.generatedAt).to.match(/Z$/)
    } finally {
      client.close()
    }
  })

  it('reports a full disk or a missing folder instead of half an evidence file', async () => {
    const anchored = await finance.evidence.anchor(randomBytes(20), about('W-1'))
    const path = join(folder, 'absent', 'x.evidence.json')
    expect((await codeOf(anchored.save(path))).code).to.equal('OUTPUT_UNWRITABLE')
    expect(await readFile(path).catch(() => 'absent')).to.equal('absent')
  })
})
