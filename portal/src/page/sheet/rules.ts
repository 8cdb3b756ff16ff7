import { h } from '../dom.js'
import { yuan } from '../format.js'
import { both, section } from './parts.js'
import type { Acting, Condition, Review, Rule } from './review.js'
import { roleWords } from './words.js'

/** What a rule's light can be, with the word that tells it without its colour. */
const lights = {
  red: ['退回', 'held'],
  amber: ['提示', 'marked'],
  green: ['通过', 'passed'],
  shadow: ['试运行', 'on trial'],
  off: ['停用', 'off'],
  none: ['不涉及', 'not asked'],
} as const

export type Light = keyof typeof lights

/** The light of a rule: what is off or on trial holds nothing, whatever it found. */
export function lightOf({
  mode,
  outcome,
  conditions,
}: Pick<Rule, 'mode' | 'outcome'> & { conditions: readonly unknown[] }): Light {
  if (mode === 'OFF') return 'off'
  if (mode === 'SHADOW') return 'shadow'
  if (outcome === 'HOLD' || outcome === 'REJECT') return 'red'
  if (outcome !== 'PASS') return 'amber'
  return conditions.length === 0 ? 'none' : 'green'
}

function lamp(light: Light): HTMLElement {
  const [zh, en] = lights[light]
  return h('span', { class: `light ${light}` }, h('span', { class: 'lamp', 'aria-hidden': 'true' }), both(zh, en))
}

/** How many rules have which light. */
export function summary({ explanation }: Review): HTMLElement {
  const counts = new Map<Light, number>()
  for (const rule of explanation.rules) counts.set(lightOf(rule), (counts.get(lightOf(rule)) ?? 0) + 1)
  const shown = (Object.keys(lights) as Light[]).filter((light) => counts.has(light))
  return h(
    'p',
    { class: 'summary' },
    ...shown.map((light) => h('span', { class: 'count' }, lamp(light), h('strong', {}, String(counts.get(light))))),
  )
}

/** Every rule as a light, with its article and figures; what holds the payment first. */
export function ruleList(review: Review): HTMLElement {
  const { rules, release, settings, replayed } = review.explanation
  const overridden = review.special?.overriddenRules ?? []
  const again = replayed
    ? (['以当日的规则和参数复算，结果一致。', 'Judged again: the same.'] as const)
    : ([
        '以当日的规则和参数复算，结果不一致或无法复算，请核查。',
        'Judged again: not the same, or not possible.',
      ] as const)
  const order: readonly Light[] = ['red', 'amber', 'shadow', 'green', 'off', 'none']
  const sorted = [...rules].sort((one, other) => order.indexOf(lightOf(one)) - order.indexOf(lightOf(other)))
  return section(
    'rules',
    '规则审核',
    'Rules',
    summary(review),
    h('ol', { class: 'rules' }, ...sorted.map((rule) => ruleRow(rule, overridden.includes(rule.rule)))),
    h(
      'p',
      { class: 'quiet' },
      `规则版本 ${release}，参数设置第 ${settings.number} 号。${again[0]}`,
      h('span', { class: 'en', lang: 'en' }, ` Rules ${release}, settings ${settings.number}. ${again[1]}`),
    ),
  )
}

function ruleRow(rule: Rule, overridden: boolean): HTMLElement {
  const { rule: id, zh, en, source, conditions } = rule
  return h(
    'li',
    { class: `rule ${lightOf(rule)}`, 'data-rule': id },
    h(
      'div',
      {},
      lamp(lightOf(rule)),
      overridden ? h('span', { class: 'pass', title: 'let pass by special approval' }, '特批放行') : undefined,
    ),
    h(
      'div',
      { class: 'name' },
      h('strong', {}, `${id} ${zh}`),
      h('span', { class: 'en', lang: 'en' }, en),
      h('span', { class: 'article' }, source),
    ),
    h('ul', { class: 'conditions' }, ...conditions.map(conditionRow)),
  )
}

function conditionRow({ outcome, must, expectedText, actualText }: Condition): HTMLElement {
  const bad = outcome !== 'PASS'
  return h(
    'li',
    bad ? { class: 'bad' } : {},
    h('span', { class: 'must' }, both(must.zh, must.en)),
    h('span', { class: 'asked' }, h('i', {}, '要求 '), expectedText.zh),
    h('span', { class: 'found' }, h('i', {}, '实际 '), actualText.zh),
  )
}

/** What is missing, rule by rule, and from whom; nothing where the application is not held. */
export function missing({ explanation, application }: Review): HTMLElement | undefined {
  if (application.status !== 'HELD') return undefined
  const wanted = explanation.rules
    .filter((rule) => lightOf(rule) === 'red')
    .flatMap(({ rule, conditions }) =>
      conditions.filter(({ outcome }) => outcome === 'HOLD' || outcome === 'REJECT').map((one) => ({ rule, ...one })),
    )
  if (wanted.length === 0) return undefined
  return section(
    'missing',
    '缺什么，找谁',
    'What is missing, and from whom',
    h(
      'ol',
      {},
      ...wanted.map(({ rule, must, missing: todo, excessFen, expectedText, actualText }) =>
        h(
          'li',
          {},
          h('strong', {}, todo?.zh ?? must.zh),
          h('span', { class: 'en', lang: 'en' }, todo?.en ?? must.en),
          h(
            'span',
            { class: 'why' },
            `${rule} ${must.zh}：要求 ${expectedText.zh}，实际 ${actualText.zh}`,
            excessFen === undefined ? '' : `，超出 ${yuan(excessFen)} 元`,
          ),
          h('span', { class: 'from' }, h('i', {}, '找 '), ...(todo?.by ?? []).map(whom)),
        ),
      ),
    ),
  )
}

function whom({ role, zh, name }: Acting): HTMLElement {
  return h(
    'span',
    { class: 'whom' },
    name === undefined ? zh : `${name} · ${zh}`,
    h('span', { class: 'en', lang: 'en' }, roleWords[role] ?? role),
  )
}
