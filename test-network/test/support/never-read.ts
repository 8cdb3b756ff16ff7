import { createInterface } from 'node:readline'
import { credentials, Client, Metadata } from '@grpc/grpc-js'
import type { ClientReadableStream } from '@grpc/grpc-js'
import { peer } from '@hyperledger/fabric-protos'

// A process whose streams are opened and never read, so that what is held for them is held by the network alone. Each
// line of its input names a stream: address, method, request in base64. It answers each with a line. `read COUNT` reads the
// first after all, and is answered with the numbers of its blocks.
const pass = (bytes: Buffer): Buffer => bytes
let first: ClientReadableStream<Buffer> | undefined
const clients = new Map<string, Client>()
for await (const line of createInterface(process.stdin)) {
  const [address = '', method = '', request = ''] = line.split(' ')
  if (address === 'read') {
    process.stdout.write(`${(await numbersOf(Number(method))).join(' ')}\n`)
    continue
  }
  const client = clients.get(address) ?? new Client(address, credentials.createInsecure())
  clients.set(address, client)
  const bytes = Buffer.from(request, 'base64')
  let stream: ClientReadableStream<Buffer>
  if (method.endsWith('ChaincodeEvents')) {
    stream = client.makeServerStreamRequest(method, pass, pass, bytes, new Metadata())
  } else {
    const both = client.makeBidiStreamRequest(method, pass, pass)
    both.write(bytes)
    stream = both
  }
  stream.on('error', () => undefined)
  first ??= stream
  process.stdout.write('open\n')
}

async function numbersOf(count: number): Promise<number[]> {
  const numbers: number[] = []
  for await (const bytes of first as AsyncIterable<Buffer>) {
    numbers.push(peer.DeliverResponse.deserializeBinary(bytes).getBlock()?.getHeader()?.getNumber() ?? -1)
    if (numbers.length === count) break
  }
  return numbers
}
