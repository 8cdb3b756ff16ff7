import { isIP } from 'node:net'

/** A gRPC endpoint. */
export interface Address {
  readonly host: string
  readonly port: number
}

/** Reads `host:port` or `[ipv6]:port`; undefined where it is neither. */
export function parseAddress(text: string): Address | undefined {
  const match = /^(?:\[(?<v6>[0-9a-fA-F:.]+)\]|(?<name>[A-Za-z0-9._-]+)):(?<port>\d{1,5})$/.exec(text)
  const { v6, name, port } = match?.groups ?? {}
  const number = Number(port)
  if (match === null || number < 1 || number > 65535) return undefined
  if (v6 !== undefined) return isIP(v6) === 6 ? { host: v6, port: number } : undefined
  return { host: name!, port: number }
}

/** True for addresses that never leave this machine. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
}
