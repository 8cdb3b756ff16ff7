import { Hf, requireRight } from './attributes.js'
import { tokenHolder } from './authenticate.js'
import type { CaContext } from './context.js'
import { badRequest, CaCode } from './errors.js'
import type { Answer, CaRequest } from './request.js'

/** How long a list is meant to be used: fabric-ca's default. */
const VALIDITY = 24 * 3_600_000

/** Which revocations a list shall hold; what is left out doesn't narrow it. */
interface Window {
  revokedAfter?: Date | undefined
  revokedBefore?: Date | undefined
  expireAfter?: Date | undefined
  expireBefore?: Date | undefined
}

/** POST gencrl: a new list of revoked certificates. */
export async function generateList(context: CaContext, request: CaRequest): Promise<Answer> {
  const { caller } = tokenHolder(context, request)
  requireRight(caller, Hf.genCrl)
  const { fields } = request
  const window: Window = {
    revokedAfter: fields.date('revokedafter'),
    revokedBefore: fields.date('revokedbefore'),
    expireAfter: fields.date('expireafter'),
    expireBefore: fields.date('expirebefore'),
  }
  requireOrder(window.revokedAfter, window.revokedBefore, 'revoked', CaCode.invalidRevokedAfter)
  requireOrder(window.expireAfter, window.expireBefore, 'expire', CaCode.invalidExpiredAfter)
  const pem = await writeList(context, window)
  return { status: 200, result: { CRL: Buffer.from(pem).toString('base64') } }
}

/** A signed list, PEM, with the next number. */
export async function writeList({ registry, authority, clock }: CaContext, window: Window): Promise<string> {
  const revoked = [...registry.certificates()].flatMap(({ serial, notAfter, revoked: revocation }) => {
    if (!revocation) return []
    const listed =
      isWithin(revocation.at, window.revokedAfter, window.revokedBefore) &&
      isWithin(notAfter, window.expireAfter, window.expireBefore)
    return listed ? [{ serial, revokedAt: new Date(revocation.at) }] : []
  })
  const number = registry.revocationLists + 1
  await registry.write({ revocationLists: number })
  return authority.revocationList(revoked, number, new Date(clock().getTime() + VALIDITY))
}

const isWithin = (time: number, after: Date | undefined, before: Date | undefined): boolean =>
  (!after || time > after.getTime()) && (!before || time < before.getTime())

function requireOrder(
  after: Date | undefined,
  before: Date | undefined,
  what: string,
  code: typeof CaCode.invalidRevokedAfter | typeof CaCode.invalidExpiredAfter,
): void {
  if (!after || !before || after <= before) return
  throw badRequest(`Invalid '${what}after' value. It must not be a timestamp greater than '${what}before'`, code)
}
