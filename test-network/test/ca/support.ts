import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import FabricCAServices from 'fabric-ca-client'
import common from 'fabric-common'
import { startCas, type RunningCa } from '../../src/ca/index.js'
import { openConsortium, type Consortium } from '../../src/consortium/index.js'

export type User = InstanceType<typeof common.User>
type Attributes = FabricCAServices.IKeyValueAttribute[]

/** A CA under test: an organisation's, with the official client in front of it. */
export class TestCa {
  readonly client: FabricCAServices

  constructor(
    readonly mspId: string,
    readonly name: string,
    readonly running: RunningCa,
    roots?: string,
  ) {
    const tls = roots === undefined ? undefined : { trustedRoots: Buffer.from(roots), verify: true }
    this.client = new FabricCAServices(running.url, tls, name)
  }

  async enroll(id: string, secret: string, attributes?: FabricCAServices.IAttributeRequest[]): Promise<User> {
    const request = { enrollmentID: id, enrollmentSecret: secret, ...(attributes && { attr_reqs: attributes }) }
    const { certificate, key } = await this.client.enroll(request)
    return common.User.createUser(id, secret, this.mspId, certificate, key.toBytes())
  }

  registrar(name: 'admin' | 'gateway' = 'admin'): Promise<User> {
    return this.enroll(name, this.running.registrars[name].secret)
  }

  register(registrar: User, id: string, more: { role?: string; attrs?: Attributes; maxEnrollments?: number } = {}) {
    return this.client.register({ enrollmentID: id, affiliation: '', ...more }, registrar)
  }

  /** Registers an identity and enrolls it. */
  async member(registrar: User, id: string, more: { role?: string; attrs?: Attributes } = {}): Promise<User> {
    return this.enroll(id, await this.register(registrar, id, more))
  }
}

/** The PEM that a user's requests are signed with. */
export const certificateOf = (user: User): string =>
  (user.getIdentity() as unknown as { _certificate: string })._certificate

export const attribute = (name: string, value: string, ecert = false) => ({ name, value, ecert })

/** CAs of a consortium in memory, without a network around them: two for most tests, for each takes a moment. */
export function cas(options: { tls?: boolean; all?: boolean } = {}) {
  let consortium: Consortium
  let running: ReadonlyMap<string, RunningCa>
  let now: Date | undefined
  let directory: string
  const cleanup: (() => Promise<void>)[] = []
  const clock = () => now ?? new Date()
  const stop = async () => {
    for (const step of cleanup.splice(0).reverse()) await step()
  }
  const start = async () => {
    const wanted = [...consortium.organizations].filter(([mspId]) => ['FinanceMSP', 'AuditMSP'].includes(mspId))
    const organizations = options.all === true ? consortium.organizations : new Map(wanted)
    const settings = { directory, clock, tls: options.tls ?? false, ports: {} }
    running = await startCas({ ...consortium, organizations }, settings, (step) => cleanup.push(step))
  }
  beforeEach(async () => {
    now = undefined
    directory = await mkdtemp(join(tmpdir(), 'caizheng-ca-'))
    consortium = await openConsortium(undefined, undefined, { now: clock })
    await start()
  })
  afterEach(async () => {
    await stop()
    await rm(directory, { recursive: true, force: true })
  })
  return {
    of(mspId: string): TestCa {
      const ca = running.get(mspId)
      const organization = consortium.organizations.get(mspId)
      if (!ca || !organization) throw new Error(`No CA of ${mspId}`)
      return new TestCa(mspId, organization.ca.name, ca, options.tls ? organization.tlsCa.certificatePem : undefined)
    },
    all: () => running,
    consortium: () => consortium,
    directory: () => directory,
    /** Moves the clock of the CAs by milliseconds. */
    pass(milliseconds: number) {
      now = new Date(clock().getTime() + milliseconds)
    },
    async restart() {
      await stop()
      await start()
    },
  }
}

/** The first error with which a CA refuses, as the client hands it on. */
export async function refusal(work: Promise<unknown>): Promise<{ code: number; message: string }> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  const { errors } = (error ?? {}) as { errors?: { code: number; message: string }[] }
  expect(errors, `a refusal by the CA, not ${String(error)}`).to.have.length(1)
  return (errors as [{ code: number; message: string }])[0]
}
