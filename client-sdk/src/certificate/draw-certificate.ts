import { createHash } from 'node:crypto'
import { chinaTime, chinaTimeAtLatest, type Proven, type Report, type Step, type Text } from '@caizheng/evidence'
import type { CertificateSubject } from './make-certificate.js'
import { documentTypes } from '@caizheng/records'
import { loadFont } from './font.js'
import { good, ink, Paper, quiet, seal } from './paper.js'
import { qrCode } from './qr.js'
import { put, wording as w } from './wording.js'

type Row = readonly [label: Text, value: string | undefined]

const labelWidth = 132

/** Draws what `makeCertificate` promises. */
export async function drawCertificate(subject: CertificateSubject): Promise<Uint8Array> {
  const { report, file, evidence, at } = subject
  const { proven, fingerprint } = report
  if (report.outcome !== 'VALID' || proven === undefined || fingerprint === undefined) {
    throw new RangeError('Only a valid report can be certified')
  }
  const { digests } = documentOf(proven)
  const title = `${w.title.zh} · ${file}`
  const paper = await Paper.create(await loadFont(), { title, subject: `sha256:${digests.sha256}`, date: at })
  heading(paper, report, at)
  section(paper, w.document)
  documentPart(paper, proven, file)
  section(paper, w.origin)
  rows(paper, originRows(proven))
  section(paper, w.anchor)
  rows(paper, anchorRows(proven))
  section(paper, w.endorsers)
  endorsers(paper, proven)
  section(paper, w.steps, 24 + 12.5 * report.steps.length)
  for (const step of report.steps) stepLine(paper, step)
  section(paper, w.check)
  check(paper, fingerprint, evidence)
  section(paper, w.court)
  for (const text of [w.article16, w.article17, w.article18, w.notProven]) both(paper, text)
  return paper.finish((number, pages) => {
    const trial = proven.trial === true ? w.trialMark.zh : ''
    const { zh, en } = put(w.footer, { page: number, pages, time: chinaTime(at), fingerprint, trial })
    return `${zh}\n${en}`
  })
}

/** The document as it was anchored: alone, or as a leaf of a batch. */
function documentOf({ record, leaf }: Proven) {
  const document = leaf?.leaf ?? (record.kind === 'anchor' ? record : undefined)
  if (document === undefined) throw new RangeError(`A record of kind ${record.kind} names no document`)
  return document
}

function heading(paper: Paper, { statement, weaker, proven }: Report, at: Date): void {
  paper.box(paper.left, paper.y, paper.width, 3, seal)
  paper.space(12)
  paper.text(w.title.zh, { size: 20, bold: true })
  paper.text(w.title.en, { size: 10.5, color: quiet })
  paper.space(3)
  paper.text(`${w.nature.zh} ${w.nature.en}`, { size: 7.5, color: quiet })
  const moment = put(w.at, { time: chinaTime(at) })
  paper.text(`${moment.zh} ${moment.en}`, { size: 7.5, color: quiet })
  if (proven?.trial === true) {
    paper.space(6)
    paper.text(w.trial.zh, { size: 12, bold: true, color: seal })
    paper.text(w.trial.en, { size: 8, color: seal })
  }
  paper.space(10)
  const top = paper.y
  const x = paper.left + 44
  paper.space(9)
  const verdict = put({ zh: `${w.verified.zh}{weaker}`, en: w.verified.en }, { weaker: weaker ? w.weaker.zh : '' })
  paper.text(`${verdict.zh}  ${verdict.en}${weaker ? w.weaker.en : ''}`, { size: 13, bold: true, color: good, x })
  paper.text(statement.zh, { size: 10, x, width: paper.width - 54 })
  paper.text(statement.en, { size: 8, color: quiet, x, width: paper.width - 54 })
  paper.space(8)
  paper.tick(paper.left + 23, top - 26, 12)
  paper.box(paper.left, paper.y, 3, top - paper.y, good)
  paper.rule()
  paper.box(paper.left, top, paper.width, 0.6, [0.82, 0.85, 0.88])
  paper.space(2)
}

/** @param room what should stand on one sheet with the heading */
function section(paper: Paper, { zh, en }: Text, room = 60): void {
  paper.space(9)
  paper.keep(room)
  const width = paper.widthOf(zh, 11)
  paper.row([
    { text: zh, style: { size: 11, bold: true } },
    { text: en, style: { size: 8, color: quiet, x: paper.left + width + 8, leading: 1.45 * (11 / 8) } },
  ])
  paper.rule()
  paper.space(4)
}

function documentPart(paper: Paper, proven: Proven, file: string): void {
  const { project, type, number, issuer, size, digests } = documentOf(proven)
  const side = 88
  const top = paper.y
  const width = paper.width - side - 14
  rows(
    paper,
    [
      [w.file, file],
      [w.project, project],
      [w.type, `${documentTypes[type]} ${type}`],
      [w.number, number],
      [w.issuer, issuer],
      [w.size, size?.toLocaleString('en')],
    ],
    width,
  )
  const low = paper.y
  const left = paper.left + paper.width - side
  paper.qr(qrCode(`sha256:${digests.sha256}`), left, top - 4, side)
  paper.y = top - side - 6
  for (const text of [w.qr.zh, w.qr.en]) paper.text(text, { size: 6.5, color: quiet, x: left, width: side })
  paper.y = Math.min(paper.y, low)
  rows(paper, [
    [{ zh: 'SHA-256', en: '' }, digests.sha256],
    [{ zh: 'SM3', en: '' }, digests.sm3],
  ])
}

function originRows(proven: Proven): Row[] {
  const { sourceSystem, generatedAt, generator, witness } = documentOf(proven).provenance
  const moment = generatedAt.includes('T') ? put(w.beijing, { time: chinaTime(new Date(generatedAt)) }).zh : generatedAt
  return [
    [w.source, sourceSystem],
    [w.generated, moment],
    [w.generator, generator],
    [w.witness, witness],
    [w.previous, proven.record.kind === 'anchor' ? proven.record.previous : undefined],
  ]
}

function anchorRows({ record, leaf, place, channel, network, signers }: Proven): Row[] {
  const { msp, key } = record.submitter
  const name = signers.find(({ mspId }) => mspId === msp)?.name
  const at = put(w.placeText, { channel, block: place.block, transaction: place.transaction })
  const size = 'size' in record ? (record.size ?? 0) : 0
  const within = leaf && put(w.leafText, { index: leaf.index, size })
  return [
    [w.submitter, name === undefined ? msp : `${name.zh} ${name.en} (${msp})`],
    [w.key, key],
    [w.anchored, put(w.beijing, { time: chinaTime(new Date(record.time)) }).zh],
    [w.place, `${at.zh} ${at.en}`],
    [w.leaf, within && `${within.zh} ${within.en}`],
    [w.id, record.id],
    [w.transaction, record.tx],
    [w.network, network],
  ]
}

function endorsers(paper: Paper, { signers, time }: Proven): void {
  both(paper, put(w.endorsersText, { time: chinaTimeAtLatest(time) }))
  paper.space(2)
  for (const { mspId, name, until } of signers) {
    const text = put(w.until, { until: until.toISOString().slice(0, 10) })
    paper.row([
      { text: `${name.zh} ${name.en}`, style: { bold: true, width: 180 } },
      { text: mspId, style: { x: paper.left + 190, width: 100 } },
      {
        text: `${text.zh} ${text.en}`,
        style: { x: paper.left + 300, size: 7.5, color: quiet, leading: 1.45 * (9.5 / 7.5) },
      },
    ])
  }
}

function stepLine(paper: Paper, { name, outcome, reason }: Step): void {
  const passed = outcome === 'passed'
  const word = passed ? w.passed : w.unknown
  const noted = passed ? '' : `：${reason.zh} ${reason.en}`
  const leading = 1.45 * (8.5 / 7.5)
  if (passed) paper.mark(paper.left + 4, 8.5 * 0.72, 3.6)
  paper.row([
    { text: word.zh, style: { size: 8.5, color: passed ? good : ink, x: paper.left + 12, width: 30 } },
    { text: word.en, style: { size: 7.5, color: quiet, x: paper.left + 32, leading } },
    { text: `${name.zh}${noted}`, style: { size: 8.5, x: paper.left + 64, width: 200 } },
    { text: name.en, style: { size: 7.5, color: quiet, x: paper.left + 270, leading } },
  ])
}

function check(paper: Paper, fingerprint: string, evidence: Uint8Array): void {
  both(paper, w.checkNeeds)
  both(paper, w.checkTrust)
  paper.space(2)
  paper.text(fingerprint, { size: 14, x: paper.left + 12 })
  paper.space(2)
  both(paper, w.checkPage)
  both(paper, w.checkCommand)
  paper.space(2)
  rows(paper, [[w.evidenceDigest, createHash('sha256').update(evidence).digest('hex')]])
}

function rows(paper: Paper, all: readonly Row[], width = paper.width): void {
  for (const [{ zh, en }, value] of all) {
    if (value === undefined) continue
    const english = { size: 7, color: quiet, leading: 1.55 * (9 / 7), x: paper.left + paper.widthOf(zh, 9) + 5 }
    paper.row([
      { text: zh, style: { size: 9, color: quiet, leading: 1.55 } },
      { text: en, style: english },
      {
        text: value,
        style: { size: 9, x: paper.left + labelWidth, width: width - labelWidth, leading: 1.55 },
      },
    ])
  }
}

function both(paper: Paper, { zh, en }: Text): void {
  paper.keep(paper.heightOf(zh, { size: 9 }) + paper.heightOf(en, { size: 7.5 }))
  paper.text(zh, { size: 9 })
  paper.text(en, { size: 7.5, color: quiet })
  paper.space(3)
}
