import { ApiError, askJson, token } from '../api.js'
import { byId, h } from '../dom.js'
import { beijingTime } from '../format.js'
import { head, particulars } from './head.js'
import { lineTable, money, quotaTable } from './money.js'
import type { Review } from './review.js'
import { missing, ruleList } from './rules.js'
import { chainPlace, timeline } from './timeline.js'

const number = new URLSearchParams(location.search).get('application') ?? ''

function show(review: Review): void {
  document.title = `支付审核单 ${review.application.applicationNo}`
  const parts = [
    head(review),
    particulars(review),
    money(review),
    missing(review),
    quotaTable(review),
    lineTable(review),
  ]
  const rest = [ruleList(review), timeline(review), chainPlace(review)]
  byId('sheet').replaceChildren(
    ...[...parts, ...rest].flatMap((part) => part ?? []),
    h('footer', {}, `打印时间 ${beijingTime(new Date().toISOString())}（北京时间） · 财证链 Caizheng`),
  )
  byId('sheet').dataset['ready'] = 'true'
}

async function load(): Promise<void> {
  byId('locked').hidden = true
  byId('trouble').hidden = true
  try {
    if (number === '') throw new ApiError(400, '地址中没有申请号 · no application in the address')
    show(await askJson<Review>(`/v1/applications/${encodeURIComponent(number)}/review`))
    const { kind } = await askJson<{ kind: string }>('/v1/network')
    byId('trial').hidden = kind !== 'embedded' && kind !== 'single-operator'
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) {
      byId('locked').hidden = false
      return
    }
    byId('trouble').hidden = false
    byId('trouble').textContent = `无法显示该审核单 · The sheet can't be shown: ${
      error instanceof Error ? error.message : String(error)
    }`
  }
}

byId('print').addEventListener('click', () => print())
byId('enter').addEventListener('click', () => {
  token.set((byId('token') as HTMLInputElement).value.trim())
  void load()
})
void load()
