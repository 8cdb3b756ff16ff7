/** A committed chaincode definition whose answers count. */
export interface AcceptedDefinition {
  readonly name: string
  readonly version: string
  /** Where the definition was committed: the version at which nodes read `namespaces/fields/<name>/Sequence`. */
  readonly committed: { readonly block: number; readonly transaction: number }
}

/** What a receipt must be an answer to. All of it comes from the verifier's side, nothing from the receipt. */
export interface ReceiptExpectation {
  readonly channel: string
  readonly definitions: readonly AcceptedDefinition[]
  /** The whole call: the function and its arguments. */
  readonly call: readonly string[]
  /** State keys of the chaincode's namespace that the answer rests on, ascending. */
  readonly keys: readonly string[]
}
