import type { Language, Text } from '@caizheng/evidence'
import { say, type TextKey, type Values } from './texts.js'

// Chinese first; nothing is remembered. A link to `verify.html#en` opens in English.
let current: Language = location.hash === '#en' ? 'en' : 'zh'

export const language = (): Language => current

export function switchLanguage(): void {
  current = current === 'zh' ? 'en' : 'zh'
}

/** A sentence in the page's language. */
export function t(key: TextKey, values?: Values): string {
  return say(current, key, values)
}

/** A text of the verifier in the page's language. */
export function of(text: Text): string {
  return text[current]
}

/** Names joined as the language does. */
export function joined(names: readonly string[]): string {
  return names.join(current === 'zh' ? '、' : ', ')
}
