import type { Language } from '@caizheng/evidence'
import { documentTypes, type Anchor } from '@caizheng/records'
import { row } from './language.js'
import type { Say } from './texts.js'

/** An anchor's fields, a line each. */
export function describeAnchor(anchor: Anchor, language: Language, say: Say): string[] {
  const { provenance, submitter } = anchor
  const type = language === 'zh' ? `${documentTypes[anchor.type]} (${anchor.type})` : anchor.type
  const fields: readonly (readonly [string, string | undefined])[] = [
    [say('labelId'), anchor.id],
    [say('labelProject'), anchor.project],
    [say('labelType'), type],
    [say('labelNumber'), anchor.number],
    [say('labelIssuer'), anchor.issuer],
    ['sha256', anchor.digests.sha256],
    ['sm3', anchor.digests.sm3],
    [
      say('labelSource'),
      [provenance.sourceSystem, provenance.generator, provenance.generatedAt, provenance.witness]
        .filter(Boolean)
        .join(' · '),
    ],
    [say('labelPrevious'), anchor.previous],
    [say('labelSubmitter'), `${submitter.msp} (${submitter.id.slice(0, 16)}…)`],
    [say('labelTime'), localTime(anchor.time)],
    [say('transaction'), anchor.tx],
  ]
  return fields.flatMap(([label, value]) => (value === undefined ? [] : [row(label, value)]))
}

/** A UTC timestamp as clocks in China show it. */
export function localTime(timestamp: string): string {
  const shanghai = new Date(Date.parse(timestamp) + 8 * 3_600_000)
  return `${shanghai.toISOString().slice(0, 19).replace('T', ' ')} (UTC+8)`
}
