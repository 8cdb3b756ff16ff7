/** What one chaincode wrote in a run. */
export interface NamespaceWrites {
  /** By key; `undefined` deletes. */
  readonly public: Map<string, Uint8Array | undefined>
  /** Endorsement policies of keys. */
  readonly policies: Map<string, Uint8Array>
  /** By collection, then by the key's hash in hexadecimal. */
  readonly sealed: Map<string, Map<string, SealedWrite>>
}

/** A write to a private collection, as a block shows it. */
export interface SealedWrite {
  /** SHA-256 of the value; `undefined` deletes. */
  readonly valueHash: Uint8Array | undefined
  readonly purge: boolean
}

/** What a call came to when it was run again. */
export type Outcome =
  | {
      readonly kind: 'done'
      readonly payload: Uint8Array
      readonly event: { readonly name: string; readonly payload: Uint8Array } | undefined
      readonly writes: ReadonlyMap<string, NamespaceWrites>
      /** Collections into which it wrote what stands in no block. */
      readonly secrets: readonly string[]
    }
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'unknown function' }
  | { readonly kind: 'cannot tell'; readonly why: string }

/** Something that a run needs and no block holds. */
export class CannotTell extends Error {
  override readonly name = 'CannotTell'
}

/** A function that the build doesn't have. */
export class UnknownFunction extends Error {
  override readonly name = 'UnknownFunction'
}
