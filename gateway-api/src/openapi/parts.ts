import { problemCodes, type ProblemCode } from '../problems/codes.js'

/** A part of the description. */
export type Part = Readonly<Record<string, unknown>>

export const ref = (name: string): Part => ({ $ref: `#/components/schemas/${name}` })
export const json = (schema: Part): Part => ({ 'application/json': { schema } })
export const answer = (description: string, schema: Part, headers?: Part): Part => ({
  description,
  content: json(schema),
  ...(headers ? { headers } : {}),
})
export const parameter = (where: 'path' | 'query', name: string, description: string, schema: Part): Part => ({
  in: where,
  name,
  description,
  required: where === 'path',
  schema,
})

/** The problems of an operation beside those that any may have, as responses by status. */
export function problems(...codes: ProblemCode[]): Record<string, Part> {
  const common: ProblemCode[] = ['UNAUTHORIZED', 'FOREIGN_ORIGIN', 'NOT_ACCEPTABLE', 'MISDIRECTED_REQUEST', 'INTERNAL']
  const byStatus = new Map<number, ProblemCode[]>()
  for (const code of [...codes, ...common]) {
    byStatus.set(problemCodes[code], [...(byStatus.get(problemCodes[code]) ?? []), code])
  }
  const content = { 'application/problem+json': { schema: ref('Problem') } }
  return Object.fromEntries(
    [...byStatus].map(([status, of]) => [String(status), { description: of.join(', '), content }]),
  )
}
