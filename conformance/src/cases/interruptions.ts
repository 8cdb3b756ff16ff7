import { expect } from 'chai'
import { text } from '../gateway.js'
import type { Bench } from '../bench.js'
import { describeError, failureOf } from './state.js'

/** A chaincode that goes away, at rest and in the middle of a call. */
export function interruptionCases(bench: Bench): void {
  describe('chaincode as a service', () => {
    it('runs as one in the same process does', async () => {
      const contract = bench.finance.contract('service')
      const key = bench.key()
      await contract.submitTransaction('Put', key, 'by a service')
      expect(text(await contract.evaluateTransaction('Get', key))).to.equal('by a service')
    })

    it('fails calls with a reason while it is down, and serves again when it is back', async () => {
      const contract = bench.finance.contract('service')
      await bench.network.stopChaincode('service')
      const error = await failureOf(contract.evaluateTransaction('Get', 'x'))
      expect(describeError(error)).to.include('service')
      await bench.network.startChaincode('service')
      const key = bench.key()
      await contract.submitTransaction('Put', key, 'back')
      expect(text(await contract.evaluateTransaction('Get', key))).to.equal('back')
    })

    it('ends the calls that were running when it stopped', async () => {
      const contract = bench.finance.contract('service')
      const running = failureOf(contract.evaluateTransaction('Slow', '20000'))
      await new Promise((resolve) => setTimeout(resolve, 300))
      await bench.network.stopChaincode('service')
      expect(describeError(await running)).to.not.equal('')
      await bench.network.startChaincode('service')
      expect(text(await contract.evaluateTransaction('Slow', '1'))).to.equal('done')
    })
  })
}
