import { h } from '../dom.js'
import { beijingTime, duration, short } from '../format.js'
import { both, fact, section, table } from './parts.js'
import type { Place, Review, Step } from './review.js'
import { roleWords, statusWords, wordsOf } from './words.js'

/** Nothing follows these. */
const ends = ['PAID', 'SUPERSEDED', 'REVERSED']

/** Each step with its moment, who took it, how long it lasted, and its block. */
export function timeline({ explanation, places, application }: Review, now = Date.now()): HTMLElement {
  const { steps } = explanation
  const blocks = blocksOf(steps, places)
  return section(
    'timeline',
    '各环节用时',
    'Time spent in each step',
    table(
      'steps',
      [
        ['环节', 'Step'],
        ['时间（北京时间）', 'At, UTC+8'],
        ['办理', 'By'],
        ['停留', 'Lasted'],
        ['区块', 'Block'],
      ],
      steps.map((step, index) => [
        both(...(step.step === 'SUBMITTED' ? (['提交申请', 'Submitted'] as const) : wordsOf(statusWords, step.step))),
        beijingTime(step.at),
        actor(step),
        lasted(step, steps[index + 1], now),
        blocks[index] ?? '—',
      ]),
    ),
    application.backfilled === undefined
      ? undefined
      : h(
          'p',
          { class: 'quiet' },
          '本申请为补录：时间为业务发生的时间，上链在后。',
          h('span', { class: 'en', lang: 'en' }, ' Entered later: the times are those of the events.'),
        ),
  )
}

function actor({ step, by }: Step): HTMLElement {
  if (by !== undefined) return both(by.name ?? by.uscc, roleWords[by.role] ?? by.role)
  if (step === 'PAID' || step === 'PARTLY_PAID') return both('代理银行', 'bank')
  return step === 'PAYABLE' || step === 'HELD' ? both('链上规则', 'rules on the chain') : both('—', '')
}

function lasted({ step, at }: Step, next: Step | undefined, now: number): HTMLElement {
  if (next !== undefined) return next.after === 0 ? both('即时', 'at once') : both(...duration(next.after))
  if (ends.includes(step)) return h('span', { class: 'quiet' }, '办结')
  const [zh, en] = duration(Math.max(0, now - Date.parse(at)))
  return both(`至今 ${zh}`, `${en} so far`)
}

/** The block of each step: that of the first write, not yet named, that left this status. */
function blocksOf(steps: readonly Step[], places: readonly Place[]): string[] {
  const left = [...places]
  return steps.map(({ step }, index) => {
    if (index === 0) return left[0] === undefined ? '—' : String(left[0].block)
    const found = left.findIndex(({ status }) => status === step)
    return found === -1 ? '—' : String(left.splice(0, found + 1).at(-1)?.block ?? '—')
  })
}

/** Where the record is, so that anyone can look for it on a node of their own. */
export function chainPlace({ place, height, application }: Review): HTMLElement {
  const { channel, network, block, index, transaction, key, sha256 } = place
  const whole = (text: string): HTMLElement => h('code', {}, text)
  const address = `/v1/applications/${encodeURIComponent(application.applicationNo)}`
  return section(
    'chain',
    '链上位置',
    'Place on the chain',
    h(
      'dl',
      { class: 'facts' },
      fact('通道、区块', 'Channel, block', `${channel}，区块 ${block}，第 ${index + 1} 笔`),
      fact('记录键', 'Key', whole(key)),
      fact('交易', 'Transaction', whole(transaction)),
      fact('记录摘要 SHA-256', 'SHA-256 of the record', whole(sha256)),
      fact('网络标识', 'Network', whole(network === undefined ? '—' : short(network))),
      fact('记录原文', 'The record', h('a', { href: address }, address)),
    ),
    h(
      'p',
      { class: 'quiet' },
      `本单为网关按 ${height} 个区块的索引和一个节点的答复所示，供查阅；审批以链上签署为准，不替代凭证。`,
      h(
        'span',
        { class: 'en', lang: 'en' },
        ' As this gateway and one node say, for reading; approvals are signed on the chain.',
      ),
    ),
  )
}
