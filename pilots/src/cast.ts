import { createHash, X509Certificate } from 'node:crypto'
import type { Client } from '@caizheng/client-sdk'

/** A person's means to act: a certificate of the organisation's CA, and a client that uses it. */
export interface Identity {
  /** PEM. */
  readonly certificate: string
  readonly client: Client
}

/** Gives a person of an organisation an identity of its own. */
export type Enrol = (mspId: string, personId: string) => Promise<Identity>

/** The people of the pilots, each enrolled when first needed; a person who acts in two pilots is one. */
export class Cast {
  readonly #enrol: Enrol
  readonly #people = new Map<string, Promise<Identity>>()

  constructor(enrol: Enrol) {
    this.#enrol = enrol
  }

  person(mspId: string, personId: string): Promise<Identity> {
    const known = this.#people.get(personId)
    if (known !== undefined) return known
    const enrolled = this.#enrol(mspId, personId)
    this.#people.set(personId, enrolled)
    return enrolled
  }

  /** SHA-256 over the SubjectPublicKeyInfo of the person's certificate: what is registered on the chain. */
  async key(mspId: string, personId: string): Promise<string> {
    const { certificate } = await this.person(mspId, personId)
    const key = new X509Certificate(certificate).publicKey.export({ type: 'spki', format: 'der' })
    return createHash('sha256').update(key).digest('hex')
  }
}
