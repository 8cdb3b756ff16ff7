import type { Network, NetworkRequest } from '@caizheng/records'

/** The record that a request asks for. Organisations are a set, so they are stored in one order. */
export function networkOf(request: NetworkRequest, channel: string): Network {
  return {
    kind: 'network',
    version: 1,
    genesis: request.genesis,
    channel,
    organizations: [...request.organizations].sort(),
  }
}
