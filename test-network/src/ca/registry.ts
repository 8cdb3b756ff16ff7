import { ClassicLevel } from 'classic-level'
import type { CertificateRecord, Changes, IdentityRecord } from './records.js'

const REVOCATION_LISTS = 'revocation-lists'

/**
 * What a CA remembers: identities, certificates, affiliations. All of it is in memory; each change is on the disk,
 * synced and as a whole, before it counts.
 */
export class Registry {
  readonly #identities = new Map<string, IdentityRecord>()
  readonly #certificates = new Map<string, CertificateRecord>()
  readonly #affiliations = new Set<string>()
  #revocationLists = 0

  private constructor(private readonly database: ClassicLevel<string, unknown>) {}

  /** @throws Error when the folder can't be read or is in use */
  static async open(directory: string): Promise<Registry> {
    const database = new ClassicLevel<string, unknown>(directory, { valueEncoding: 'json' })
    await database.open()
    const registry = new Registry(database)
    for await (const [key, value] of database.iterator()) registry.#remember(key, value)
    return registry
  }

  identity(id: string): IdentityRecord | undefined {
    return this.#identities.get(id)
  }

  identities(): IterableIterator<IdentityRecord> {
    return this.#identities.values()
  }

  certificate(serial: string): CertificateRecord | undefined {
    return this.#certificates.get(serial)
  }

  certificates(): IterableIterator<CertificateRecord> {
    return this.#certificates.values()
  }

  hasAffiliation(name: string): boolean {
    return name === '' || this.#affiliations.has(name)
  }

  affiliations(): string[] {
    return [...this.#affiliations].sort()
  }

  /** How many revocation lists were made. */
  get revocationLists(): number {
    return this.#revocationLists
  }

  /** Writes changes: all of them or none. @throws Error of the disk; then nothing has changed */
  async write(changes: Changes): Promise<void> {
    const puts: [string, unknown][] = [
      ...(changes.identities ?? []).map((it): [string, unknown] => [`identity:${it.id}`, it]),
      ...(changes.certificates ?? []).map((it): [string, unknown] => [`certificate:${it.serial}`, it]),
      ...(changes.affiliations ?? []).map((it): [string, unknown] => [`affiliation:${it}`, true]),
    ]
    if (changes.revocationLists !== undefined) puts.push([REVOCATION_LISTS, changes.revocationLists])
    const removed = changes.removed ?? []
    await this.database.batch(
      [
        ...puts.map(([key, value]) => ({ type: 'put' as const, key, value })),
        ...removed.map((id) => ({ type: 'del' as const, key: `identity:${id}` })),
      ],
      { sync: true },
    )
    for (const [key, value] of puts) this.#remember(key, value)
    for (const id of removed) this.#identities.delete(id)
  }

  close(): Promise<void> {
    return this.database.close()
  }

  #remember(key: string, value: unknown): void {
    const at = key.indexOf(':')
    const name = key.slice(at + 1)
    if (key === REVOCATION_LISTS) this.#revocationLists = value as number
    else if (key.startsWith('identity:')) this.#identities.set(name, value as IdentityRecord)
    else if (key.startsWith('certificate:')) this.#certificates.set(name, value as CertificateRecord)
    else if (key.startsWith('affiliation:')) this.#affiliations.add(name)
  }
}
