/** A document by what it can be recognised by. */
export interface PairDocument {
  readonly name: string
  readonly sha256: string
}

/** An evidence file by what it says it is about; nothing of that is verified yet. */
export interface PairEvidence {
  readonly name: string
  readonly digests: ReadonlySet<string>
}

/** What belongs together, and what is left over. */
export interface Pairs<D, E> {
  readonly pairs: readonly { readonly document: D; readonly evidence: E }[]
  readonly documents: readonly D[]
  readonly evidence: readonly E[]
}

const suffix = /(\.evidence)?\.json$/i

/** Whether an evidence file is named after a document: `x.pdf.evidence.json`, or with a folder's name before it. */
function namedAfter(evidence: string, document: string): boolean {
  const about = evidence.replace(suffix, '')
  return about === document || about.endsWith(`-${document}`)
}

/**
 * Finds each document's evidence: the one that has its digest; else, since a changed document has another, the one that is named
 * after it; else the only one there is.
 */
export function pairUp<D extends PairDocument, E extends PairEvidence>(
  documents: readonly D[],
  evidence: readonly E[],
): Pairs<D, E> {
  const found = new Map<D, E>()
  const used = new Set<E>()
  const take = (document: D, match: E | undefined): void => {
    if (match === undefined) return
    found.set(document, match)
    used.add(match)
  }
  const byDigest = new Map<string, E[]>()
  for (const file of evidence) {
    for (const digest of file.digests) {
      const others = byDigest.get(digest)
      if (others === undefined) byDigest.set(digest, [file])
      else others.push(file)
    }
  }
  for (const document of documents) {
    const about = byDigest.get(document.sha256) ?? []
    take(document, about.find(({ name }) => namedAfter(name, document.name)) ?? about[0])
  }
  const left = (): D[] => documents.filter((document) => !found.has(document))
  for (const document of left())
    take(
      document,
      evidence.find(({ name }) => namedAfter(name, document.name)),
    )
  const spare = evidence.filter((file) => !used.has(file))
  const [only] = evidence.length === 1 ? evidence : left().length === 1 && spare.length === 1 ? spare : []
  for (const document of left()) take(document, only)
  return {
    pairs: documents.flatMap((document) => {
      const match = found.get(document)
      return match === undefined ? [] : [{ document, evidence: match }]
    }),
    documents: left(),
    evidence: evidence.filter((file) => !used.has(file)),
  }
}
