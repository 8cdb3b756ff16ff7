import { request as httpsRequest, type RequestOptions } from 'node:https'
import type { Consortium, ConsenterMaterial } from '@caizheng/test-network'
import { FabricError } from './errors.js'

/**
 * Lets an orderer take part in the channel, through its participation interface (what `osnadmin channel join` does).
 * An orderer that takes part already is left as it is.
 *
 * @throws FabricError CHANNEL_FAILED with the orderer's words
 */
export async function joinOrderer(consortium: Consortium, consenter: ConsenterMaterial, port: number): Promise<void> {
  const organization = consortium.ordererOrganizations.get(consenter.mspId)
  if (!organization) throw new FabricError('CHANNEL_FAILED', `${consenter.mspId} is no orderer organisation`)
  const credentials = organization.tlsCa.issueTls('channel administration', ['localhost'])
  const options: RequestOptions = {
    host: '127.0.0.1',
    port,
    ca: organization.tlsCa.certificatePem,
    cert: credentials.certificatePem,
    key: credentials.privateKeyPem,
    // A name of its certificate: TLS names no addresses
    servername: consenter.name,
    agent: false,
    timeout: 10_000,
  }
  const { channel } = consortium.definition
  const present = await send({ ...options, path: `/participation/v1/channels/${channel}` })
  if (present.status === 200) return
  const boundary = 'config-block-of-the-channel'
  const body = Buffer.concat([
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="config-block"; filename="genesis.block"\r\n`),
    Buffer.from('Content-Type: application/octet-stream\r\n\r\n'),
    consortium.genesis,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ])
  const headers = { 'Content-Type': `multipart/form-data; boundary=${boundary}`, 'Content-Length': body.length }
  const joined = await send({ ...options, method: 'POST', path: '/participation/v1/channels', headers }, body)
  if (joined.status === 201) return
  throw new FabricError('CHANNEL_FAILED', `${consenter.name} did not join ${channel}: ${joined.text}`)
}

function send(options: RequestOptions, body?: Uint8Array): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const request = httpsRequest(options, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('error', reject)
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString() })
      })
    })
    request.on('timeout', () => request.destroy(new Error('the orderer did not answer within 10 s')))
    request.on('error', reject)
    request.end(body)
  })
}
