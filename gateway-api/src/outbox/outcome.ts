/** The chain's own refusal, as the contract said it. */
export interface Refusal {
  readonly code: string
  readonly message: string
  readonly details?: unknown
}

/** What finally became of a document. */
export type Outcome =
  | {
      readonly state: 'ANCHORED'
      /** The anchor's id on the chain. */
      readonly id: string
      /** False where the chain held the same anchor already. */
      readonly created: boolean
      readonly block: number
      /** Transaction id that wrote the anchor. */
      readonly transaction: string
      /** The anchor's record in canonical JSON. */
      readonly record: string
    }
  | { readonly state: 'REFUSED'; readonly refusal: Refusal }
