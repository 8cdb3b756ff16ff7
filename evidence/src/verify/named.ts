import type { Text } from '../format/text.js'
import type { Trust } from '../trust/trust.js'

/** An organisation as people know it, with the id that the nodes know; the id alone where the trust file has no such node. */
export function named({ organizations }: Trust, mspId: string): Text {
  const name = organizations.get(mspId)?.name
  return name === undefined
    ? { en: mspId, zh: ` ${mspId} ` }
    : { en: `${name.en} (${mspId})`, zh: `${name.zh}（${mspId}）` }
}
