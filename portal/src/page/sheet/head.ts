import { h } from '../dom.js'
import { both, fact } from './parts.js'
import { qrPicture } from './qr.js'
import type { Review } from './review.js'
import { kindWords, statusTone, statusWords, wordsOf } from './words.js'

/** What the sheet is, of which application, how that stands, and a code that leads to its place on the chain. */
export function head(review: Review): HTMLElement {
  const { application, qr } = review
  const { status, applicationNo } = application
  const [zh, en] = wordsOf(statusWords, status)
  return h(
    'header',
    { class: 'head' },
    h('img', { src: 'seal.svg', alt: '', width: '52', height: '52' }),
    h(
      'div',
      { class: 'title' },
      h('h1', {}, '支付审核单', h('span', { class: 'en', lang: 'en' }, 'Payment review sheet')),
      h('p', { class: 'number' }, applicationNo),
    ),
    h('p', { class: `stamp ${statusTone[status] ?? 'gone'}`, id: 'status' }, both(zh, en)),
    h('div', { class: 'code' }, qrPicture(qr, '链上位置 Place on the chain')),
  )
}

/** Project, contract, parties, days. */
export function particulars(review: Review): HTMLElement {
  const { application, project, contract, explanation, organisations, special } = review
  const { projectCode, contractNo, applicationKind, periodNo, supersedes, specialApproval, dueOn } = application
  const kind = wordsOf(kindWords, applicationKind)
  const organisation = (uscc: string | undefined): HTMLElement[] =>
    uscc === undefined
      ? [h('span', { class: 'quiet' }, '—')]
      : [h('span', {}, organisations[uscc] ?? uscc), h('span', { class: 'quiet' }, uscc)]
  const lines = [
    fact('项目', 'Project', h('span', {}, project?.name ?? projectCode), h('span', { class: 'quiet' }, projectCode)),
    fact('合同', 'Contract', contractNo, contract && h('span', { class: 'quiet' }, `签订 ${contract.signedOn}`)),
    fact('收款单位', 'Payee', ...organisation(contract?.contractorUscc)),
    fact('建设单位', 'Owner', ...organisation(contract?.ownerUscc)),
    fact(
      '申请类型',
      'Kind',
      both(...kind),
      periodNo === undefined ? undefined : h('span', { class: 'quiet' }, `第 ${periodNo} 期`),
    ),
    fact('监理单位', 'Supervision', ...organisation(contract?.supervisionFirmUscc)),
    fact('审核日', 'Judged on', explanation.day),
    fact('最迟付款日', 'Pay by', dueOn ?? '—'),
  ]
  if (supersedes !== undefined) lines.push(fact('替代', 'In place of', sheetLink(supersedes)))
  if (specialApproval !== undefined)
    lines.push(
      fact('特批', 'Special approval', specialApproval, special && h('span', { class: 'quiet' }, special.reason)),
    )
  return h('dl', { class: 'facts' }, ...lines)
}

/** A link to another application's sheet. */
export function sheetLink(applicationNo: string): HTMLElement {
  return h('a', { href: `sheet.html?application=${encodeURIComponent(applicationNo)}` }, applicationNo)
}
