import { randomBytes } from 'node:crypto'
import { expect } from 'chai'
import { status, type Client, type ServiceError } from '@grpc/grpc-js'
import { text } from '../gateway.js'
import type { Bench } from '../bench.js'

const UNARY = ['Evaluate', 'Endorse', 'Submit', 'CommitStatus'] as const

/** Bytes that no client of good will sends: each gets a gRPC status, and the node lives on. */
export function badInputCases(bench: Bench): void {
  let client: Client

  const call = (method: string, bytes: Uint8Array): Promise<status> =>
    new Promise((resolve) => {
      const pass = (value: Buffer): Buffer => value
      const options = { deadline: Date.now() + 10_000 }
      client.makeUnaryRequest(method, pass, pass, Buffer.from(bytes), options, (error: ServiceError | null) => {
        resolve(error?.code ?? status.OK)
      })
    })

  const alive = async (): Promise<void> => {
    const key = bench.key()
    await bench.finance.contract('any-two').submitTransaction('Put', key, 'alive')
    expect(text(await bench.finance.contract('any-two').evaluateTransaction('Get', key))).to.equal('alive')
  }

  describe('bad input', () => {
    before(() => {
      client = bench.network.connect('FinanceMSP').grpcClient()
    })
    after(() => {
      client.close()
    })

    for (const method of UNARY) {
      it(`answers an empty ${method} request with INVALID_ARGUMENT`, async () => {
        expect(await call(`/gateway.Gateway/${method}`, new Uint8Array())).to.equal(status.INVALID_ARGUMENT)
      })

      it(`answers random bytes for ${method} with a status`, async () => {
        for (let i = 0; i < 20; i += 1) {
          expect(await call(`/gateway.Gateway/${method}`, randomBytes(1 + i * 13))).to.not.equal(status.OK)
        }
        await alive()
      })
    }

    it('answers a truncated request with a status', async () => {
      const proposal = bench.finance.contract('any-two').newProposal('Put', { arguments: [bench.key(), '1'] })
      const bytes = proposal.getBytes()
      for (const length of [1, 10, bytes.length >> 1, bytes.length - 1]) {
        expect(await call('/gateway.Gateway/Endorse', bytes.subarray(0, length))).to.not.equal(status.OK)
      }
      await alive()
    })

    it('answers the wrong message for the endorser service with a status', async () => {
      expect(await call('/protos.Endorser/ProcessProposal', Buffer.from([0x0a, 0x02, 0x08, 0x01]))).to.not.equal(
        status.OK,
      )
      await alive()
    })

    it('refuses a message beyond the limit before it is worked on', async () => {
      const code = await call('/gateway.Gateway/Endorse', new Uint8Array(110 * 1024 * 1024))
      expect([status.RESOURCE_EXHAUSTED, status.INTERNAL, status.UNAVAILABLE, status.CANCELLED]).to.include(code)
      await alive()
    })

    it('refuses to order a transaction larger than the channel allows', async () => {
      const value = 'x'.repeat(11 * 1024 * 1024)
      const submit = bench.finance.contract('finance-only').submitTransaction('Put', bench.key(), value)
      expect(
        await submit.then(
          () => 'committed',
          () => 'refused',
        ),
      ).to.equal('refused')
      await alive()
    })

    it('answers a method that it does not have with UNIMPLEMENTED', async () => {
      expect(await call('/gateway.Gateway/Nothing', new Uint8Array())).to.equal(status.UNIMPLEMENTED)
    })
  })
}
