import { administer, type Client, type Transacted } from '@caizheng/client-sdk'
import type { Act, CharterBootstrapRequest } from '@caizheng/records'
import type { Cast } from './cast.js'

/** The first administrators of the pilots' consortium: one of each node organisation, since none counts without the others. */
export const firstAdministrators = [
  { personId: 'GENESIS-ADMIN', uscc: '113310030000000191', msp: 'FinanceMSP' },
  { personId: 'GENESIS-ADMIN-AUDIT', uscc: '11331003000000027U', msp: 'AuditMSP' },
  { personId: 'GENESIS-ADMIN-CONSTRUCTION', uscc: '11331003000000043H', msp: 'ConstructionMSP' },
] as const

/** Their keys, as `CharterContract:Bootstrap` takes them. */
export function administratorsOf(cast: Cast): Promise<CharterBootstrapRequest['administrators']> {
  return Promise.all(
    firstAdministrators.map(async ({ personId, uscc, msp }) => ({
      ...{ personId, uscc, msp, validFrom: '2023-01-01' },
      key: await cast.key(msp, personId),
    })),
  )
}

/** Has one administrator propose acts and the others consent, as they would after reading them. */
export async function administerAs(cast: Cast, acts: readonly Act[]): Promise<Transacted> {
  const clientOf = async ({ msp, personId }: (typeof firstAdministrators)[number]): Promise<Client> =>
    (await cast.person(msp, personId)).client
  const [first, ...others] = firstAdministrators
  return administer([await clientOf(first), ...(await Promise.all(others.map(clientOf)))], acts)
}
