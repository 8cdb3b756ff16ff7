/** What a node of Fabric says of another one that nobody listens for. */
export function unreachable(address: string): string {
  return (
    'rpc error: code = Unavailable desc = connection error: desc = ' +
    `"transport: Error while dialing: dial tcp ${address}: connect: connection refused"`
  )
}
