import { CaCode, CaError } from './errors.js'
import { Fields } from './fields.js'

/** A request as it came in, its body read. */
export class CaRequest {
  #fields: Fields | undefined

  constructor(
    readonly method: string,
    /** Path and query as they were sent, which is what a token signs. */
    readonly uri: string,
    readonly authorization: string | undefined,
    readonly body: Uint8Array,
  ) {}

  /** The path without `/api/v1/` and the query, split at slashes and decoded. @throws CaError httpRequest */
  get path(): string[] {
    const [path = ''] = this.uri.split('?', 1)
    if (!path.startsWith(PREFIX)) throw notFound(path)
    try {
      return path.slice(PREFIX.length).split('/').map(decodeURIComponent)
    } catch {
      throw notFound(path)
    }
  }

  /** @throws CaError emptyBody, badBody */
  get fields(): Fields {
    this.#fields ??= new Fields(this.body)
    return this.#fields
  }

  query(name: string): string {
    const at = this.uri.indexOf('?')
    return at < 0 ? '' : (new URLSearchParams(this.uri.slice(at + 1)).get(name) ?? '')
  }

  /** The name of the CA that is meant; empty for the default. @throws CaError badBody */
  get caName(): string {
    return this.query('ca') || (this.body.length > 0 ? this.fields.text('caname') : '')
  }
}

const PREFIX = '/api/v1/'

/** There is nothing at this path. */
export const notFound = (path: string): CaError =>
  new CaError(404, CaCode.httpRequest, `There is nothing at ${path.slice(0, 100)}`)

/** What a request is answered with. */
export interface Answer {
  /** The HTTP status. */
  readonly status: number
  readonly result: unknown
}
