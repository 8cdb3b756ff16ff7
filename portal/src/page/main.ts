import { ApiError, askJson, token, type NetworkInfo } from './api.js'
import { showCheckAgain, startCheck } from './check.js'
import { byId } from './dom.js'
import { short } from './format.js'
import { refreshList, showList } from './list.js'
import { organizationName, setLanguage, state, t } from './state.js'
import type { TextKey } from './texts.js'

/** Milliseconds between two looks for new documents. */
const INTERVAL = 3_000

let height = 0

function showTexts(): void {
  document.documentElement.lang = state.language === 'zh' ? 'zh-CN' : 'en'
  document.title = `${t('title')} · ${t('subtitle')}`
  for (const element of document.querySelectorAll<HTMLElement>('[data-text]')) {
    element.textContent = t(element.dataset['text'] as TextKey)
  }
  byId('switch').setAttribute('aria-label', t('switchLabel'))
  showNetwork()
}

function showNetwork(): void {
  const { network } = state
  const trial = network?.kind === 'embedded' || network?.kind === 'single-operator' ? network.kind : undefined
  byId('trial').hidden = trial === undefined
  byId('trial').textContent = trial === undefined ? '' : t(trial)
  if (network === undefined) return
  const organizations = network.organizations
    .map(({ mspId }) => organizationName(mspId))
    .join(state.language === 'zh' ? '、' : ', ')
  byId('network').textContent = t('network', { channel: network.channel, organizations, height })
  byId('genesis').textContent = short(network.network ?? '')
  byId('genesis').title = network.network ?? ''
}

async function refresh(): Promise<void> {
  try {
    // Until the gateway has reached its network it cannot tell which one that is.
    if (state.network?.network === undefined) state.network = await askJson<NetworkInfo>('/v1/network')
    height = await refreshList()
    byId('offline').hidden = true
    byId('locked').hidden = true
    showNetwork()
  } catch (error) {
    const locked = error instanceof ApiError && error.status === 401
    byId('locked').hidden = !locked
    byId('offline').hidden = locked
  }
}

async function keepFresh(): Promise<void> {
  // A page that nobody sees asks for nothing.
  if (document.visibilityState === 'visible') await refresh()
  setTimeout(() => void keepFresh(), INTERVAL)
}

byId('switch').addEventListener('click', () => {
  setLanguage(state.language === 'zh' ? 'en' : 'zh')
  showTexts()
  showList()
  showCheckAgain()
})
byId('enter').addEventListener('click', () => {
  token.set((byId('token') as HTMLInputElement).value.trim())
  void refresh()
})
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') void refresh()
})

showTexts()
startCheck()
void keepFresh()
