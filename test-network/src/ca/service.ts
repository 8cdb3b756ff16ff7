import { addAffiliation, getAffiliation, listAffiliations, removeAffiliation } from './affiliations.js'
import type { CaContext } from './context.js'
import { enroll, reenroll } from './enroll.js'
import { CaCode, CaError } from './errors.js'
import { createIdentity, getIdentity, listIdentities, modifyIdentity, removeIdentity } from './identities.js'
import { information } from './information.js'
import { register } from './register.js'
import { notFound, type Answer, type CaRequest } from './request.js'
import { revoke } from './revoke.js'
import { generateList } from './revocation-list.js'
import { Turns } from './turns.js'

type Handler = (context: CaContext, request: CaRequest, name: string) => Answer | Promise<Answer>
type Methods = Readonly<Record<string, Handler>>

const cainfo: Handler = (context) => ({ status: 200, result: information(context) })

const RESOURCES: ReadonlyMap<string, Methods> = new Map([
  ['cainfo', { GET: cainfo, POST: cainfo }],
  ['enroll', { POST: enroll }],
  ['reenroll', { POST: reenroll }],
  ['register', { POST: register }],
  ['revoke', { POST: revoke }],
  ['gencrl', { POST: generateList }],
  ['identities', { GET: listIdentities, POST: createIdentity }],
  ['affiliations', { GET: listAffiliations, POST: addAffiliation }],
])
const ITEMS: ReadonlyMap<string, Methods> = new Map([
  ['identities', { GET: getIdentity, PUT: modifyIdentity, DELETE: removeIdentity }],
  ['affiliations', { GET: getAffiliation, DELETE: removeAffiliation }],
])

/**
 * One organisation's certificate authority as fabric-ca's clients know it: from a request to its answer. Requests are
 * taken one after the other, so that what a request finds is still so when it writes.
 */
export class CaService {
  readonly #turns = new Turns()

  constructor(private readonly context: CaContext) {}

  /** @throws CaError */
  answer(request: CaRequest): Promise<Answer> {
    const [resource = '', name, ...more] = request.path
    const methods = (name === undefined ? RESOURCES : ITEMS).get(resource)
    if (!methods || name === '' || more.length > 0) throw notFound(request.uri)
    const handler = Object.hasOwn(methods, request.method) ? methods[request.method] : undefined
    if (!handler) throw new CaError(405, CaCode.methodNotAllowed, `Method ${request.method} is not allowed`)
    return this.#turns.take(async () => {
      this.#requireName(request.caName)
      return handler(this.context, request, name ?? '')
    })
  }

  #requireName(name: string): void {
    if (name === '' || name === this.context.authority.name) return
    throw new CaError(404, CaCode.caNotFound, `CA '${name.slice(0, 100)}' does not exist`)
  }
}
