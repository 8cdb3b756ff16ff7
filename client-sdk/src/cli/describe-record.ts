import { chinaTime, type Leaf } from '@caizheng/evidence'
import { documentTypes, type Anchor, type AnchorRequest, type BatchRecord } from '@caizheng/records'
import { bracketed, row } from './language.js'
import type { NameOf } from './organization-names.js'
import type { CommandContext } from './context.js'

type Field = readonly [label: string, value: string | number | undefined]
type View = Pick<CommandContext, 'language' | 'say'>

/** An anchor's fields, a line each. */
export function describeAnchor(anchor: Anchor, view: View, nameOf: NameOf): string[] {
  const { say } = view
  return lines([
    [say('labelId'), anchor.id],
    ...documentFields(anchor, view),
    [say('labelPrevious'), anchor.previous],
    ...placeFields(anchor, view, nameOf),
  ])
}

/** What was said of a document that rides in a batch. */
export function describeDocument(document: Omit<AnchorRequest, 'previous'>, view: View): string[] {
  return lines(documentFields(document, view))
}

/** A batch's fields, a line each. */
export function describeBatch(batch: BatchRecord, view: View, nameOf: NameOf): string[] {
  const { say } = view
  return lines([
    [say('labelBatch'), batch.id],
    [say('labelSize'), batch.size],
    [say('labelLane'), say('laneText').replace('{lane}', batch.lane).replace('{sequence}', String(batch.sequence))],
    [say('labelRoot'), batch.roots.sha256],
    [say('labelRootSm3'), batch.roots.sm3],
    ...placeFields(batch, view, nameOf),
  ])
}

/** One line of a batch's list. */
export function describeLeaf(index: number, { type, number, digests }: Leaf, { language }: View): string {
  const name = language === 'zh' ? documentTypes[type] : type
  return `  ${String(index).padStart(6)}  ${name}  ${number}  sha256 ${digests.sha256}`
}

function documentFields(document: Omit<AnchorRequest, 'previous'>, { say, language }: View): Field[] {
  const { type, provenance } = document
  const { sourceSystem, generator, generatedAt, witness } = provenance
  return [
    [say('labelProject'), document.project],
    [say('labelType'), language === 'zh' ? bracketed(language, documentTypes[type], type) : type],
    [say('labelNumber'), document.number],
    [say('labelIssuer'), document.issuer],
    ['sha256', document.digests.sha256],
    ['sm3', document.digests.sm3],
    [say('labelSource'), [sourceSystem, generator, generatedAt, witness].filter(Boolean).join(' · ')],
  ]
}

function placeFields({ submitter, time, tx }: Anchor | BatchRecord, { say, language }: View, nameOf: NameOf): Field[] {
  return [
    [say('labelSubmitter'), `${nameOf(submitter.msp)} · ${submitter.id.slice(0, 16)}…`],
    [say('labelTime'), localTime(time, language)],
    [say('transaction'), tx],
  ]
}

function lines(fields: readonly Field[]): string[] {
  return fields.flatMap(([label, value]) => (value === undefined ? [] : [row(label, String(value))]))
}

/** A UTC timestamp as clocks in China show it. */
export function localTime(timestamp: string, language: CommandContext['language']): string {
  return bracketed(language, chinaTime(new Date(timestamp)), language === 'zh' ? '北京时间' : 'UTC+8')
}
