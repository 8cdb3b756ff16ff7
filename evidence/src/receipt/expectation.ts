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
  /** Of these keys, those that may be absent: that they are is then part of the answer. */
  readonly optional?: ReadonlySet<string>
  /** Another chaincode that the called one asks in the same simulation, and what it reads there. */
  readonly asks?: { readonly definitions: readonly AcceptedDefinition[]; readonly keys: readonly string[] }
}
