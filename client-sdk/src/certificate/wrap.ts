/** Punctuation that must not begin a line, and that which must not end one. */
const notFirst = /^[，。、；：？！）》」』】〕…％,.;:?!)\]}%]/u
const notLast = /[（《「『【〔([{]$/u
const wide = /[\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\u{20000}-\u{3ffff}]/u

/** Pieces that a line may be broken between: words with the space after them, single Chinese characters. */
function pieces(text: string): string[] {
  const found: string[] = []
  let word = ''
  for (const character of text) {
    if (wide.test(character)) {
      if (word !== '') found.push(word)
      word = ''
      found.push(character)
    } else {
      word += character
      if (character === ' ') {
        found.push(word)
        word = ''
      }
    }
  }
  return word === '' ? found : [...found, word]
}

/**
 * Breaks a text into lines that fit, between words and between Chinese characters; a word that fits nowhere (a digest) is
 * broken anywhere.
 *
 * @param measure the width of a text in the unit of `width`
 */
export function wrap(text: string, width: number, measure: (text: string) => number): string[] {
  const lines: string[] = []
  let line: string[] = []
  const fits = (more: string): boolean => measure((line.join('') + more).trimEnd()) <= width
  const end = (): void => {
    lines.push(line.join('').trimEnd())
    line = []
  }
  for (const piece of pieces(text)) {
    if (!fits(piece)) {
      // What may not end this line, and what may not be parted from a mark that may not begin the next, goes along.
      const carried: string[] = []
      let next = piece
      while (line.length > 1 && (notFirst.test(next) || notLast.test(line.at(-1) ?? ''))) {
        next = line.pop() ?? ''
        carried.unshift(next)
      }
      if (line.length > 0) end()
      line.push(...carried)
    }
    if (fits(piece)) line.push(piece)
    else {
      for (const character of piece) {
        if (line.length > 0 && !fits(character)) end()
        line.push(character)
      }
    }
  }
  if (line.length > 0 || lines.length === 0) end()
  return lines
}
