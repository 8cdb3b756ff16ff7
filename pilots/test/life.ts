import { createHash } from 'node:crypto'
import { CaizhengError } from '@caizheng/client-sdk'
import { sm3, toHex } from '@caizheng/fabric-wire'
import type { CanonicalValue, TransactionName, Verdict } from '@caizheng/records'
import { readPilot, type Pilot } from '../src/index.js'
import { startCounty, type County } from './county.js'
import { playAll } from './expectation.js'
import type { ChangedBuilds, StartNetwork } from './networks.js'

type Fields = Readonly<Record<string, CanonicalValue>>

/** What became of a transaction. */
export interface Sent {
  /** Of the result, or the error's code. */
  readonly outcome: string
  /** The rules that fired. */
  readonly rules: readonly string[]
  /** Each with its condition: `R19 FROZEN`. */
  readonly cases: readonly string[]
  readonly record: Readonly<Record<string, unknown>>
}

/** The first pilot up to a step, to be lived on otherwise: each transaction a minute after the one before. */
export class Life {
  #at: number
  readonly #hired = new Map<string, string>()

  private constructor(
    readonly county: County,
    readonly pilot: Pilot,
    last: string,
  ) {
    this.#at = Date.parse(last)
  }

  /** Plays the municipal road's steps up to `seq` on a network of its own. */
  static async upTo(seq: number, start?: StartNetwork, changed?: ChangedBuilds): Promise<Life> {
    const pilot = await readPilot('A-municipal-road')
    const county = await startCounty(start, changed)
    try {
      await county.openBackfills(pilot)
      const steps = pilot.steps.filter((step) => step.seq <= seq)
      await playAll(county, pilot, steps)
      return new Life(county, pilot, steps.at(-1)?.at ?? '')
    } catch (error) {
      await county.stop()
      throw error
    }
  }

  /** The organisation whose certificate a person of the pilot has. */
  mspOf(person: string): string {
    const found = this.pilot.participants.persons.find(({ personId }) => personId === person)
    const hired = this.#hired.get(person)
    if (hired !== undefined) return hired
    if (!found) throw new Error(`${person} is nobody in ${this.pilot.pilot}`)
    return found.msp
  }

  /** Registers somebody who is not of the pilot, with a certificate of the parties' CA. */
  async hire(personId: string, role: string, uscc: string): Promise<void> {
    const msp = 'PartiesMSP'
    const key = await this.county.cast.key(msp, personId)
    await this.county.administer('RegisterPerson', { personId, role, uscc, msp, key, validFrom: '2023-01-01' })
    this.#hired.set(personId, msp)
  }

  /** Lets time pass up to a day, if it has not come yet. */
  until(day: string): void {
    this.#at = Math.max(this.#at, Date.parse(`${day}T09:00:00+08:00`))
  }

  /** The moment of the next transaction. */
  next(): string {
    this.#at += 60_000
    return new Date(this.#at).toISOString()
  }

  /** Lets days pass. */
  wait(days: number): void {
    this.#at += days * 86_400_000
  }

  /** Its day, in Asia/Shanghai. */
  get day(): string {
    return new Date(this.#at + 8 * 3_600_000).toISOString().slice(0, 10)
  }

  /** Has a person send a transaction. */
  async send(
    person: string,
    name: TransactionName,
    request: Fields,
    transient?: Readonly<Record<string, string>>,
  ): Promise<Sent> {
    const { client } = await this.county.cast.person(this.mspOf(person), person)
    try {
      const options = transient === undefined ? {} : { transient }
      const { status, verdicts, record } = await client.transact(name, { ...request, at: this.next() }, options)
      await this.county.settle()
      return { outcome: status, ...fired(verdicts), record: record as Sent['record'] }
    } catch (error) {
      if (!(error instanceof CaizhengError)) throw error
      const { verdicts = [] } = (error.details ?? {}) as { verdicts?: readonly Verdict[] }
      return { outcome: error.code, ...fired(verdicts), record: {} }
    }
  }

  stop(): Promise<void> {
    return this.county.stop()
  }
}

function fired(verdicts: readonly Verdict[]): Pick<Sent, 'rules' | 'cases'> {
  const broken = verdicts.filter(({ outcome }) => outcome !== 'PASS')
  return {
    rules: [...new Set(broken.map(({ rule }) => rule))],
    cases: broken.map(({ rule, case: which }) => (which === undefined ? rule : `${rule} ${which}`)),
  }
}

/** A document of this type and number, whose content is its number. */
export function document(type: string, number: string): Fields {
  const content = Buffer.from(number)
  return {
    type,
    number,
    digests: { sha256: createHash('sha256').update(content).digest('hex'), sm3: toHex(sm3(content)) },
    size: content.length,
    mime: 'application/pdf',
    provenance: { sourceSystem: 'test', generatedAt: '2024-01-11', generator: 'test' },
  }
}

/** An account's number and salt, and the digest that the chain has of it. */
export function secretAccount(account: string, salt: string): { digest: string; transient: Record<string, string> } {
  const digest = createHash('sha256').update(`${salt}:${account}`).digest('hex')
  return { digest, transient: { account, salt } }
}
