import type { Signer } from '@caizheng/test-network'
import type { Bench } from '../bench.js'

/** Who signs updates of the configuration. */
export function administrators(bench: Bench) {
  const admin = (mspId: string): Signer => {
    const organization = bench.network.consortium.organizations.get(mspId)
    if (!organization) throw new Error(`there is no ${mspId}`)
    return organization.admin
  }
  return { admin, all: (): Signer[] => bench.network.nodeOrganizations.map(admin) }
}

/** Submits until it goes through: orderers of real Fabric set themselves up anew after each update. */
export async function settled(bench: Bench): Promise<void> {
  const deadline = Date.now() + 30_000
  for (;;) {
    try {
      await bench.finance.contract('any-two').submitTransaction('Put', bench.key(), '1')
      return
    } catch (error) {
      if (Date.now() > deadline) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}
