import { createPrivateKey, randomBytes, sign } from 'node:crypto'
import { expect } from 'chai'
import { buildProposal, encode, SerializedIdentity, toLowS } from '@caizheng/fabric-wire'
import { status } from '@grpc/grpc-js'
import { gateway, peer } from '@hyperledger/fabric-protos'
import { openGateway } from '../gateway.js'
import type { Bench } from '../bench.js'
import { describeError, expectError, failureOf } from './state.js'

/** What a client meets when something is refused, in the words and codes of Fabric's gateway. */
export function failureCases(bench: Bench): void {
  const codeOf = (error: Error): status => (error as unknown as { code: status }).code

  describe('failures', () => {
    it("hands a contract's own error over, and writes nothing", async () => {
      const error = await failureOf(bench.finance.contract('any-two').submitTransaction('Fail', 'no budget left'))
      expect(error.name).to.equal('EndorseError')
      expect(describeError(error)).to.include('chaincode response 500, no budget left')
      await expectError(
        bench.finance.contract('any-two').evaluateTransaction('Get', 'never-written'),
        'no value at never-written',
      )
    })

    it('gives an evaluation that fails the code UNKNOWN', async () => {
      const error = await failureOf(bench.finance.contract('any-two').evaluateTransaction('Fail', 'sorry'))
      expect(codeOf(error)).to.equal(status.UNKNOWN)
      expect(error.message).to.include('evaluate call to endorser returned error: chaincode response 500, sorry')
    })

    it('says that a function does not exist', async () => {
      await expectError(bench.finance.contract('any-two').evaluateTransaction('NoSuch'), 'NoSuch')
    })

    it('knows no chaincode of another name', async () => {
      const evaluated = await failureOf(bench.finance.contract('nowhere').evaluateTransaction('Get', 'x'))
      expect(codeOf(evaluated)).to.equal(status.FAILED_PRECONDITION)
      expect(describeError(evaluated)).to.include('no peers available to evaluate chaincode nowhere')
      const submitted = await failureOf(bench.finance.contract('nowhere').submitTransaction('Put', 'x', '1'))
      expect(describeError(submitted)).to.include('nowhere')
    })

    it('knows no channel of another name', async () => {
      const contract = bench.finance.gateway.getNetwork('elsewhere').getContract('any-two')
      const error = await failureOf(contract.evaluateTransaction('Get', 'x'))
      expect(describeError(error)).to.include('elsewhere')
      const submitted = await failureOf(contract.submitTransaction('Put', 'x', '1'))
      expect(describeError(submitted)).to.include('elsewhere')
    })

    it('refuses an expired certificate', async () => {
      const session = openGateway(await bench.network.connectExpired('FinanceMSP'))
      try {
        const error = await failureOf(session.contract('any-two').submitTransaction('Put', bench.key(), '1'))
        expect(describeError(error)).to.include('expired')
      } finally {
        session.close()
      }
    })

    it('refuses a certificate that another authority made in the name of the organisation', async () => {
      const session = openGateway(bench.network.connectForged('FinanceMSP'))
      try {
        const error = await failureOf(session.contract('any-two').submitTransaction('Put', bench.key(), '1'))
        expect(describeError(error)).to.include('creator org unknown, creator is malformed')
      } finally {
        session.close()
      }
    })

    for (const [when, minutes] of [
      ['long ago', -20],
      ['yet to come', 20],
    ] as const) {
      it(`refuses a proposal of a time ${when}`, async () => {
        const error = await failureOf(endorseAt(bench, Date.now() + minutes * 60_000))
        expect(describeError(error)).to.include('request unauthorized due to incorrect timestamp')
        expect(describeError(error)).to.include('peer.authentication.timewindow 15m0s')
      })
    }

    it('takes a proposal from a clock that goes ten minutes wrong', async () => {
      await endorseAt(bench, Date.now() - 600_000)
      await endorseAt(bench, Date.now() + 600_000)
    })

    it('refuses an organisation that the channel does not know', async () => {
      const session = openGateway({ ...bench.network.connect('FinanceMSP'), mspId: 'NobodyMSP' })
      try {
        const error = await failureOf(session.contract('any-two').submitTransaction('Put', bench.key(), '1'))
        expect(describeError(error)).to.include('creator org unknown')
      } finally {
        session.close()
      }
    })

    it('refuses a signature by another key than the certificate’s', async () => {
      const other = bench.network.connect('AuditMSP')
      const session = openGateway({ ...bench.network.connect('FinanceMSP'), privateKey: other.privateKey })
      try {
        const error = await failureOf(session.contract('any-two').submitTransaction('Put', bench.key(), '1'))
        expect(describeError(error)).to.include('creator org [FinanceMSP]')
      } finally {
        session.close()
      }
    })

    it('ends a call at its deadline', async () => {
      const proposal = bench.finance.contract('finance-only').newProposal('Slow', { arguments: ['3000'] })
      const error = await failureOf(proposal.evaluate({ deadline: Date.now() + 200 }))
      expect(codeOf(error)).to.equal(status.DEADLINE_EXCEEDED)
    })
  })
}

/** Endorses a proposal whose header has this time, in milliseconds; the official client always takes the present. */
async function endorseAt(bench: Bench, time: number): Promise<void> {
  const { mspId, certificate, privateKey } = bench.network.connect('FinanceMSP')
  const { proposalBytes, transactionId } = buildProposal({
    channel: bench.network.channel,
    chaincode: 'any-two',
    args: ['Put', bench.key(), '1'].map((text) => Buffer.from(text)),
    creator: encode(SerializedIdentity, { mspid: mspId, idBytes: Buffer.from(certificate) }),
    nonce: randomBytes(24),
    timestamp: { seconds: Math.floor(time / 1000), nanos: 0 },
  })
  const signed = new peer.SignedProposal()
  signed.setProposalBytes(proposalBytes)
  const proposed = new gateway.ProposedTransaction()
  proposed.setTransactionId(transactionId)
  proposed.setProposal(signed)
  const signature = toLowS(sign('sha256', proposalBytes, createPrivateKey(privateKey)))
  await bench.finance.gateway.newSignedProposal(proposed.serializeBinary(), signature).endorse()
}
