/** One sentence in the two languages of the project. */
export interface Text {
  readonly zh: string
  readonly en: string
}

export type Language = keyof Text

/** Values put into a sentence; shown to people, so cleaned first. */
export type TextValues = Readonly<Record<string, string | number>>

const LONGEST_VALUE = 120

/** Most values: digests, names, numbers. They can be shown as they are. */
const PLAIN = /^[\x20-\x7e]*$/

/** Text from a hostile file must not steer a terminal or bury the sentence it stands in. */
function shown(value: string | number): string {
  if (typeof value === 'number') return String(value)
  if (value.length <= LONGEST_VALUE && PLAIN.test(value)) return value
  const clean = value.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\u{FFFD}')
  return clean.length > LONGEST_VALUE ? `${clean.slice(0, LONGEST_VALUE)}…` : clean
}

/**
 * Puts values into the `{places}` of a sentence.
 *
 * @example
 * fill({ zh: '区块 {block}', en: 'block {block}' }, { block: 5 }).en // 'block 5'
 */
export function fill(template: Text, values: TextValues): Text {
  const put = (sentence: string) =>
    sentence.replace(/\{(\w+)\}/g, (place, name: string) => {
      const value = values[name]
      return value === undefined ? place : shown(value)
    })
  return { zh: put(template.zh), en: put(template.en) }
}
