/** The order in which a simulation may read and write: what a peer refuses, in its words (the misspelling is its own). */
export class Preconditions {
  #wrote = false
  #paged = false
  #queriedPrivately = false

  constructor(private readonly txId: string) {}

  beforeWrite(): void {
    if (this.#queriedPrivately) {
      throw this.#unsupported('Transaction has already performed queries on pvt data. Writes are not allowed')
    }
    if (this.#paged) {
      throw this.#unsupported('Transaction has already performed a paginated query. Writes are not allowed')
    }
    this.#wrote = true
  }

  beforePage(): void {
    if (this.#wrote) throw this.#unsupported('Paginated queries are supported only in a read-only transaction')
    this.#paged = true
  }

  beforePrivateQuery(): void {
    if (this.#wrote) throw this.#unsupported('Queries on pvt data is supported only in a read-only transaction')
    this.#queriedPrivately = true
  }

  #unsupported(reason: string): Error {
    return new Error(`txid [${this.txId}]: unsuppored transaction. ${reason}`)
  }
}
