import type { Client, ServiceError } from '@grpc/grpc-js'

/** Calls a method of a gRPC service with bytes as they are. @throws ServiceError */
export function unary(client: Client, method: string, request: Uint8Array): Promise<Uint8Array> {
  const pass = (bytes: Buffer): Buffer => bytes
  return new Promise((resolve, reject) => {
    const answer = (error: ServiceError | null, response?: Buffer): void => {
      if (error || !response) reject(error ?? new Error('no answer'))
      else resolve(response)
    }
    client.makeUnaryRequest(method, pass, pass, Buffer.from(request), { deadline: Date.now() + 30_000 }, answer)
  })
}
