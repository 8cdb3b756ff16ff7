import type { NetworkInfo } from './api.js'
import { say, type Language, type TextKey } from './texts.js'

const LANGUAGE = 'caizheng-language'

/** What the whole page shares: the language and the network's names. */
export const state: { language: Language; network: NetworkInfo | undefined } = {
  language: localStorage.getItem(LANGUAGE) === 'en' ? 'en' : 'zh',
  network: undefined,
}

export function setLanguage(language: Language): void {
  state.language = language
  localStorage.setItem(LANGUAGE, language)
}

/** A sentence in the page's language. */
export function t(key: TextKey, values?: Readonly<Record<string, string | number>>): string {
  return say(state.language, key, values)
}

/** An organisation by its name, where the network tells it. */
export function organizationName(mspId: string): string {
  return state.network?.organizations.find((o) => o.mspId === mspId)?.name?.[state.language] ?? mspId
}
