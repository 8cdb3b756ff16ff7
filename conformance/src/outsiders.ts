import { openConsortium, type Connection, type Consortium } from '@caizheng/test-network'
import type { Credentials } from './network.js'

/** What both kinds of network have. */
export interface IssuingNetwork {
  readonly consortium: Consortium
  connect(mspId: string): Connection
}

/** A certificate of one second, and that second over. */
export async function connectExpired(network: IssuingNetwork, mspId: string): Promise<Credentials> {
  const { certificatePem, privateKeyPem } = network.consortium.issue(mspId, {
    name: 'someone whose time is over',
    role: 'client',
    notBefore: new Date(),
    notAfter: new Date(Date.now() + 1000),
  })
  await new Promise((resolve) => setTimeout(resolve, 2100))
  return { ...network.connect(mspId), certificate: certificatePem, privateKey: privateKeyPem }
}

/** Makes credentials that a consortium of the same names issues: they look right and are not. */
export async function forger(network: IssuingNetwork): Promise<(mspId: string) => Credentials> {
  const pretender = await openConsortium()
  return (mspId) => {
    const { certificatePem, privateKeyPem } = pretender.issue(mspId, { name: 'pretender', role: 'client' })
    return { ...network.connect(mspId), certificate: certificatePem, privateKey: privateKeyPem }
  }
}
