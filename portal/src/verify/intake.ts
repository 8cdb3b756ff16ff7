import { MAX_EVIDENCE_BYTES, openVerification, type Report, type Trust, type Verification } from '@caizheng/evidence'
import { sha256, toHex } from '@caizheng/fabric-wire'
import { breathe } from './breathe.js'
import { hashFile, type Digests } from './hash-file.js'
import { pairUp, type Pairs } from './pair-up.js'
import { plain } from './plain.js'

/** A document that was put in. */
export interface Document {
  readonly name: string
  readonly size: number
  readonly digests: Digests
  readonly sha256: string
}

/** An evidence file that was put in, opened under the confirmed trust file once there is one. */
export interface Evidence {
  readonly name: string
  readonly bytes: Uint8Array
}

/** A document, its evidence, and what verifying came to. */
export interface Verified {
  readonly document: Document
  readonly evidence: Evidence
  readonly report: Report
}

/** What there is to show. */
export interface Outcome {
  readonly verified: readonly Verified[]
  readonly documents: readonly Document[]
  readonly evidence: readonly Evidence[]
  /** When the verification was made, by this machine's clock, and how long it took. */
  readonly at: Date
  readonly milliseconds: number
}

export type Role = 'document' | 'evidence'

/** What happened to a file that was not taken. */
export type Refusal = { readonly kind: 'trust' } | { readonly kind: 'unreadable'; readonly reason: string }

export interface Watch {
  hashing(name: string, done: number, size: number): void
  checking(done: number, total: number): void
  refused(name: string, refusal: Refusal): void
}

/** The files that were put in. They stay in the page's memory, as digests where they are documents. */
export class Intake {
  readonly #documents = new Map<string, Document>()
  readonly #evidence = new Map<string, Evidence>()
  readonly #watch: Watch
  /** Raised by `clear`: what was being read then is not wanted any more. */
  #round = 0

  constructor(watch: Watch) {
    this.#watch = watch
  }

  get empty(): boolean {
    return this.#documents.size === 0 && this.#evidence.size === 0
  }

  clear(): void {
    this.#round++
    this.#documents.clear()
    this.#evidence.clear()
  }

  /** Takes files in. Two of one name and different bytes are two files; the very same one again is one. */
  async take(files: readonly File[], role: Role | undefined): Promise<void> {
    const round = this.#round
    for (const file of files) {
      const name = plain(file.name)
      try {
        const kind = await kindOf(file)
        if (kind === 'trust' && role !== 'document') this.#watch.refused(name, { kind: 'trust' })
        else if (role === 'evidence' || kind === 'evidence') {
          const evidence = await readEvidence(name, file)
          if (round === this.#round) this.#evidence.set(`${name}/${toHex(sha256(evidence.bytes))}`, evidence)
        } else {
          const document = await this.#read(name, file, round)
          if (round === this.#round) this.#documents.set(`${name}/${document.sha256}`, document)
        }
      } catch (error) {
        if (round !== this.#round) return
        this.#watch.refused(name, {
          kind: 'unreadable',
          reason: plain(error instanceof Error ? error.message : String(error)),
        })
      }
      if (round !== this.#round) return
      await breathe()
    }
  }

  /** Verifies every document that has evidence. */
  async verify(trust: Trust): Promise<Outcome> {
    const begun = performance.now()
    const at = new Date()
    const opened = new Map<Evidence, Verification>()
    const listed: (Evidence & { digests: ReadonlySet<string> })[] = []
    const evidence = [...this.#evidence.values()]
    for (const file of evidence) {
      const verification = openVerification(file.bytes, trust, { at, fingerprint: trust.fingerprint })
      const entry = { ...file, digests: new Set(verification.documents.map(({ digests }) => digests.sha256)) }
      opened.set(entry, verification)
      listed.push(entry)
      this.#watch.checking(listed.length, evidence.length)
      await breathe()
    }
    const { pairs, ...left }: Pairs<Document, Evidence> = pairUp([...this.#documents.values()], listed)
    const verified: Verified[] = []
    for (const pair of pairs) {
      const report = (opened.get(pair.evidence) as Verification).verify(pair.document.digests)
      verified.push({ ...pair, report })
      await breathe()
    }
    return { verified, ...left, at, milliseconds: performance.now() - begun }
  }

  async #read(name: string, file: File, round: number): Promise<Document> {
    const digests = await hashFile(file, (done) => {
      if (round !== this.#round) throw new Error('not wanted any more')
      this.#watch.hashing(name, done, file.size)
    })
    return { name, size: file.size, digests, sha256: digests.sha256 }
  }
}

async function readEvidence(name: string, file: File): Promise<Evidence> {
  // What is too large to be read anyway need not be held either; one byte more shows that it is.
  return { name, bytes: new Uint8Array(await file.slice(0, MAX_EVIDENCE_BYTES + 1).arrayBuffer()) }
}

/** What a file seems to be, by its name and its own word. */
async function kindOf(file: File): Promise<'evidence' | 'trust' | undefined> {
  if (/\.evidence\.json$/i.test(file.name)) return 'evidence'
  if (!/\.json$/i.test(file.name) || file.size > MAX_EVIDENCE_BYTES) return undefined
  const text = await file.text()
  if (/^\{[^]*"kind":"caizheng-evidence"/.test(text)) return 'evidence'
  return /^\{[^]*"kind":"caizheng-trust"/.test(text) ? 'trust' : undefined
}
