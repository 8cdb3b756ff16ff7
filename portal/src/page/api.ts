/** What the page reads of what was said of a document. */
export interface Particulars {
  readonly project: string
  readonly type: string
  readonly number: string
  readonly issuer: string
  readonly digests: { readonly sha256: string; readonly sm3: string }
}

interface Submitter {
  readonly submitter: { readonly msp: string }
}

/**
 * A document on the chain, by itself or in a batch. What the page reads of the gateway's answers; the gateway's openapi.json
 * describes them in full.
 */
export type AnchoredDocument = OnChain &
  (
    | { readonly anchor: Particulars & Submitter; readonly batch?: undefined }
    | { readonly document: Particulars; readonly leaf: number; readonly batch: Submitter & { readonly size: number } }
  )

interface OnChain {
  readonly id: string
  readonly block: number
  readonly transaction: string
  readonly time: string
  readonly evidence: string
}

export interface PendingDocument {
  readonly state: 'QUEUED' | 'REFUSED'
  readonly refusal?: { readonly code: string; readonly message: string }
}

export interface DocumentPage {
  readonly documents: readonly AnchoredDocument[]
  readonly next?: string
  readonly height: number
}

export interface FoundDocument {
  readonly anchors: readonly AnchoredDocument[]
  readonly batched: readonly AnchoredDocument[]
  readonly pending: readonly PendingDocument[]
}

export interface NetworkInfo {
  readonly kind: 'embedded' | 'fabric' | 'single-operator' | 'undeclared'
  readonly channel: string
  /** Hash of the genesis block; absent until the gateway has reached the network. */
  readonly network?: string
  readonly organizations: readonly {
    readonly mspId: string
    readonly name?: { readonly zh: string; readonly en: string }
  }[]
}

/** An answer that is not a success. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message)
  }
}

const TOKEN = 'caizheng-token'

/** The token lives as long as the tab: a shared machine must not keep it. */
export const token = {
  get: (): string | null => sessionStorage.getItem(TOKEN),
  set: (value: string): void => sessionStorage.setItem(TOKEN, value),
}

/** Asks the gateway. @throws {ApiError} with the problem's detail in the page's language */
export async function ask(path: string, accept = 'application/json'): Promise<Response> {
  const secret = token.get()
  const response = await fetch(path, {
    headers: {
      Accept: accept,
      'Accept-Language': document.documentElement.lang,
      ...(secret === null ? {} : { Authorization: `Bearer ${secret}` }),
    },
  })
  if (response.ok) return response
  const problem = (await response.json().catch(() => ({}))) as { detail?: string }
  throw new ApiError(response.status, problem.detail ?? `HTTP ${response.status}`)
}

export async function askJson<T>(path: string): Promise<T> {
  return (await (await ask(path)).json()) as T
}
