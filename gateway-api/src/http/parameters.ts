import { isDocumentType, isProjectCode } from '@caizheng/records'
import type { Request } from 'express'
import type { AnchorFilter } from '../index/anchor-index.js'
import { invalidParameter, type Problem } from '../problems/problem.js'

const example = '2303-331003-04-01-000001'
const HEX64 = /^[0-9a-f]{64}$/

/** A digest or an id in the path. Upper-case hex is the same digest. */
export function hex64(name: string, value: unknown): string {
  const text = typeof value === 'string' ? value.toLowerCase() : ''
  if (!HEX64.test(text)) throw invalidParameter(name, '64 hexadecimal digits', '64 位十六进制数字')
  return text
}

/** Query parameters, each at most once and only those in `known`: a misspelt filter must not look like an empty answer. */
export function query(request: Request, known: readonly string[]): Readonly<Record<string, string | undefined>> {
  const values: Record<string, string | undefined> = {}
  for (const [name, value] of Object.entries(request.query)) {
    if (!known.includes(name)) throw unknownParameter(name, known.join(', '))
    if (typeof value !== 'string') throw invalidParameter(name, 'given once', '只能出现一次')
    values[name] = value
  }
  return values
}

function unknownParameter(name: string, known: string): Problem {
  return known === ''
    ? invalidParameter(name, 'left out', '此处没有该参数')
    : invalidParameter(name, `one of ${known}`, `可用参数为 ${known}`)
}

/** A whole number within bounds, or the default where the parameter is absent. */
export function integer(
  name: string,
  value: string | undefined,
  fallback: number,
  least: number,
  most: number,
): number {
  if (value === undefined) return fallback
  const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN
  if (!(number >= least && number <= most))
    throw invalidParameter(name, `a whole number from ${least} to ${most}`, `${least} 至 ${most} 的整数`)
  return number
}

export function filterOf(values: Readonly<Record<string, string | undefined>>): AnchorFilter {
  const { project, type } = values
  if (project !== undefined && !isProjectCode(project))
    throw invalidParameter('project', `a project code such as ${example}`, `项目代码，如 ${example}`)
  if (type !== undefined && !isDocumentType(type))
    throw invalidParameter('type', 'a document type such as CONTRACT', '文件类型，如 CONTRACT')
  return { project, type }
}
