import { h } from '../dom.js'

type Child = Node | string

/** A Chinese text with its English below or beside it. */
export function both(zh: string, en: string): HTMLElement {
  return h('span', { class: 'both' }, `${zh} `, h('span', { class: 'en', lang: 'en' }, en))
}

/** A part of the sheet under its heading. */
export function section(
  name: string,
  zh: string,
  en: string,
  ...children: readonly (Child | undefined)[]
): HTMLElement {
  return h('section', { class: name }, h('h2', {}, both(zh, en)), ...children)
}

/** A name and its value. */
export function fact(zh: string, en: string, ...value: readonly (Child | undefined)[]): HTMLElement {
  return h('div', { class: 'fact' }, h('dt', {}, both(zh, en)), h('dd', {}, ...value))
}

/** A table; on a narrow screen each cell carries its column's name. */
export function table(
  name: string,
  columns: readonly (readonly [zh: string, en: string])[],
  rows: readonly (readonly (Child | undefined)[])[],
): HTMLElement {
  const head = columns.map(([zh, en]) => h('th', { scope: 'col' }, both(zh, en)))
  const body = rows.map((cells) =>
    h('tr', {}, ...cells.map((cell, column) => h('td', { 'data-label': columns[column]?.[0] ?? '' }, cell))),
  )
  return h('table', { class: name }, h('thead', {}, h('tr', {}, ...head)), h('tbody', {}, ...body))
}

/** An amount; its unit stands in the heading. */
export function amount(text: string): HTMLElement {
  return h('span', { class: 'amount' }, text)
}
