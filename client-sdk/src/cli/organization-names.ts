import { openTrust, type Language, type Text } from '@caizheng/evidence'
import { bytesOf } from '../evidence/verify-document.js'
import { bracketed } from './language.js'

/** An organisation as people know it, with the id that the nodes know. */
export type NameOf = (mspId: string) => string

export function naming(names: ReadonlyMap<string, Text>, language: Language): NameOf {
  return (mspId) => {
    const name = names.get(mspId)
    return name === undefined ? mspId : bracketed(language, name[language], mspId)
  }
}

/** The names that a trust file gives; the ids alone where there is none. @throws EvidenceError as `openTrust` */
export async function namesIn(trust: string | undefined, language: Language): Promise<NameOf> {
  if (trust === undefined) return (mspId) => mspId
  const { organizations } = openTrust(await bytesOf(trust))
  return naming(new Map([...organizations].map(([mspId, { name }]) => [mspId, name])), language)
}
