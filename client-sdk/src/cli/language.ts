import type { Language } from '@caizheng/evidence'

/**
 * The language asked for by `--lang`, else the one of the environment, else English. Read before anything is parsed, so
 * that the help is in it too.
 */
export function languageOf(args: readonly string[], env: NodeJS.ProcessEnv): Language {
  const at = args.findIndex((arg) => arg === '--lang' || arg.startsWith('--lang='))
  const asked = at < 0 ? undefined : args[at]?.includes('=') ? args[at].slice('--lang='.length) : args[at + 1]
  if (asked === 'zh' || asked === 'en') return asked
  // POSIX: the first that is set decides.
  const locale = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || ''
  return /^zh/i.test(locale) ? 'zh' : 'en'
}

/** Columns a text takes in a terminal: Chinese characters take two. */
export function columns(text: string): number {
  let width = 0
  for (const character of text) width += wide.test(character) ? 2 : 1
  return width
}

const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/

/** Fills a text up to a number of columns. */
export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(width - columns(text), 0))
}

/** A line of two columns, the way all commands print what they found. */
export function row(label: string, value: string, width = 14): string {
  return `  ${pad(label, width)} ${value}`
}

/** A label and what it is of, in the language's own punctuation. */
export function labelled(language: Language, label: string, value: string): string {
  return language === 'zh' ? `${label}：${value}` : `${label}: ${value}`
}

/** A text and, in brackets, what else it is called. */
export function bracketed(language: Language, text: string, inside: string): string {
  return language === 'zh' ? `${text}（${inside}）` : `${text} (${inside})`
}

/** Several things in a row. */
export function listed(language: Language, items: readonly string[]): string {
  return items.join(language === 'zh' ? '、' : ', ')
}
