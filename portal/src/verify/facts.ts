import { chinaTime, chinaTimeAtLatest, type Proven } from '@caizheng/evidence'
import { h } from '../page/dom.js'
import { documentTypeNames } from '../page/document-types.js'
import { beijingTime } from '../page/format.js'
import { joined, language, of, t } from './language.js'
import { plain } from './plain.js'

type Row = readonly [label: string, value: string | undefined, code?: 'code']

/** What a valid report proves, as pairs of label and value. */
export function factsOf(proven: Proven): HTMLElement {
  const rows = [...documentRows(proven), ...placeRows(proven)]
  return h('dl', { class: 'facts' }, ...rows.flatMap(rowOf))
}

function documentRows({ record, leaf }: Proven): Row[] {
  const document = leaf?.leaf ?? (record.kind === 'anchor' ? record : undefined)
  if (document === undefined) return []
  const { project, type, number, issuer, provenance, digests } = document
  const { sourceSystem, generatedAt, generator, witness } = provenance
  return [
    [t('project'), project],
    [t('type'), documentTypeNames[type]?.[language() === 'zh' ? 0 : 1] ?? type],
    [t('number'), number],
    [t('issuer'), issuer],
    [t('source'), sourceSystem],
    [t('generated'), generatedAt.includes('T') ? time(generatedAt) : generatedAt],
    [t('generator'), generator],
    [t('witness'), witness],
    ['SHA-256', digests.sha256, 'code'],
    ['SM3', digests.sm3, 'code'],
  ]
}

function placeRows({ record, leaf, place, signers, channel, block, time: stated }: Proven): Row[] {
  const at = t('placeText', { block: place.block, transaction: place.transaction })
  const { msp } = record.submitter
  const name = signers.find(({ mspId }) => mspId === msp)?.name
  const within = leaf && 'size' in record ? [t('leafOf', { index: leaf.index + 1, size: record.size ?? 0 })] : []
  return [
    [t('submitter'), name === undefined ? msp : language() === 'zh' ? `${of(name)}（${msp}）` : `${of(name)} (${msp})`],
    [t('anchored'), t('beijing', { time: chinaTime(new Date(record.time)) })],
    [t('held'), t('beijing', { time: chinaTimeAtLatest(stated) })],
    [t('signers'), joined(signers.map(({ name }) => of(name)))],
    [t('place'), [channel, at, ...within].join(' · ')],
    [t('transaction'), record.tx, 'code'],
    [t('orderers'), block && t('orderersText', { count: block.orderers.signed.length, all: block.orderers.all })],
  ]
}

function time(instant: string): string {
  return t('beijing', { time: beijingTime(instant) })
}

function rowOf([label, value, code]: Row): HTMLElement[] {
  if (value === undefined) return []
  return [h('dt', {}, label), h('dd', {}, h(code ?? 'bdi', {}, plain(value)))]
}
