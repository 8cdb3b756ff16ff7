import type { Request, Response } from 'express'
import { networkNotices } from '../network-kind.js'
import { openApi } from '../openapi/description.js'
import { Problem } from '../problems/problem.js'
import type { Services } from './services.js'

/** GET /livez: this process answers. It asks nobody: a peer's outage must not make a supervisor restart the gateway. */
export function getLive(_services: Services, _request: Request, response: Response): void {
  response.json({ live: true })
}

/** GET /readyz */
export async function getReady(services: Services, _request: Request, response: Response): Promise<void> {
  const report = await services.readiness.report()
  response.status(report.ready ? 200 : 503).json(report)
}

/** GET /v1/network */
export function getNetwork(services: Services, _request: Request, response: Response): void {
  const { chain, network, trust, binding } = services
  const names = new Map(trust?.trust.file.organizations.map(({ mspId, name }) => [mspId, name]))
  response.json({
    kind: network,
    notice: networkNotices[network],
    channel: chain.channel,
    ...(binding.genesis === undefined ? {} : { network: binding.genesis }),
    department: chain.msp,
    organizations: chain.organizations.map((mspId) => {
      const name = names.get(mspId)
      return name === undefined ? { mspId } : { mspId, name }
    }),
  })
}

/** GET /v1/trust: the bytes as they are, since the fingerprint is over them. */
export function getTrust(services: Services, _request: Request, response: Response): void {
  if (services.trust === undefined) throw new Problem('TRUST_MISSING')
  response
    .set('X-Trust-Fingerprint', services.trust.trust.fingerprint)
    .type('application/json')
    .send(Buffer.from(services.trust.bytes))
}

/** GET /v1/openapi.json */
export function getOpenApi(_services: Services, _request: Request, response: Response): void {
  response.json(openApi())
}
