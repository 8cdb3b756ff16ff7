import { badRequest, CaCode, CaError } from './errors.js'

/** Attributes of one identity, at most: they all may go into a certificate. */
const MOST_ATTRIBUTES = 64
const LONGEST_NAME = 128
const LONGEST_VALUE = 1024

/** An attribute of an identity. */
export interface Attribute {
  readonly name: string
  readonly value: string
  /** Whether a certificate carries it when the request names no attributes. */
  readonly ecert: boolean
}

/** An attribute that a certificate shall carry. */
export interface AttributeRequest {
  readonly name: string
  readonly optional: boolean
}

/** The fields of a request's JSON. Names are matched without regard to case, as the server in Go does. */
export class Fields {
  readonly #values = new Map<string, unknown>()

  /** @throws CaError badBody */
  constructor(body: Uint8Array) {
    for (const [name, value] of Object.entries(parseObject(body))) this.#values.set(name.toLowerCase(), value)
  }

  /** A string; empty where it is absent or null. @throws CaError badBody */
  text(name: string): string {
    const value = this.#get(name)
    if (value === undefined) return ''
    if (typeof value === 'string') return value
    throw badRequest(`Invalid request body: ${name} must be a string`)
  }

  /** @throws CaError badBody */
  integer(name: string): number | undefined {
    const value = this.#get(name)
    if (value === undefined || Number.isSafeInteger(value)) return value as number | undefined
    throw badRequest(`Invalid request body: ${name} must be an integer`)
  }

  /** False where it is absent. @throws CaError badBody */
  boolean(name: string): boolean {
    const value = this.#get(name) ?? false
    if (typeof value === 'boolean') return value
    throw badRequest(`Invalid request body: ${name} must be true or false`)
  }

  /** A moment, of RFC 3339. @throws CaError badBody */
  date(name: string): Date | undefined {
    const text = this.text(name)
    if (text === '') return undefined
    const date = new Date(text)
    if (/^\d{4}-\d\d-\d\dT/.test(text) && !Number.isNaN(date.getTime())) return date
    throw badRequest(`Invalid request body: ${name} must be a time of RFC 3339`)
  }

  /** The attributes to register. @throws CaError badBody */
  attributes(name: string): Attribute[] {
    const attributes = this.#list(name).map((value): Attribute => {
      const { name: key, value: text = '', ecert = false } = value
      if (!isText(key, 1, LONGEST_NAME) || !isText(text, 0, LONGEST_VALUE) || typeof ecert !== 'boolean') {
        throw badRequest(`Invalid request body: ${name} has an attribute that is malformed or too long`)
      }
      return { name: key, value: text, ecert }
    })
    if (new Set(attributes.map((attribute) => attribute.name)).size === attributes.length) return attributes
    throw badRequest(`Invalid request body: ${name} has an attribute twice`)
  }

  /** The attributes that a certificate shall carry; undefined where none are named. @throws CaError badBody */
  attributeRequests(name: string): AttributeRequest[] | undefined {
    if (this.#get(name) === undefined) return undefined
    return this.#list(name).map(({ name: key, optional = false }) => {
      if (isText(key, 1, LONGEST_NAME) && typeof optional === 'boolean') return { name: key, optional }
      throw badRequest(`Invalid request body: ${name} has a malformed entry`)
    })
  }

  #list(name: string): Record<string, unknown>[] {
    const value = this.#get(name) ?? []
    if (Array.isArray(value) && value.length <= MOST_ATTRIBUTES && value.every(isObject)) return value
    throw badRequest(`Invalid request body: ${name} must be a list of at most ${MOST_ATTRIBUTES} objects`)
  }

  #get(name: string): unknown {
    return this.#values.get(name.toLowerCase()) ?? undefined
  }
}

function parseObject(body: Uint8Array): Record<string, unknown> {
  if (body.length === 0) throw new CaError(400, CaCode.emptyBody, 'Empty request body')
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    throw badRequest('Invalid request body: not JSON')
  }
  if (isObject(value)) return value
  throw badRequest('Invalid request body: not an object')
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether it is a string of such a length without control characters or halves of surrogate pairs. */
function isText(value: unknown, shortest: number, longest: number): value is string {
  return (
    typeof value === 'string' && value.length >= shortest && value.length <= longest && !/[\p{Cc}\p{Cs}]/u.test(value)
  )
}
