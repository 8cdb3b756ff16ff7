import { parseContractFault } from '@caizheng/records'
import { expect } from 'chai'
import { Returns, Transaction } from 'fabric-contract-api'
import { CaizhengContract } from '../src/contracts/caizheng-contract.js'
import { CallContext } from '../src/contracts/call-context.js'
import { Refusal } from '../src/refusals/refusal.js'
import { callOf, loadContracts } from './proposal.js'

class TriedContract extends CaizhengContract {
  constructor() {
    super('TriedContract')
  }

  @Transaction(false)
  @Returns('string')
  async Echo(ctx: CallContext, text: string): Promise<string> {
    return Promise.resolve(`${ctx.stub.getChannelID()} ${text}`)
  }

  @Transaction(false)
  async Refuse(ctx: CallContext): Promise<void> {
    return Promise.reject(new Refusal('ANCHOR_NOT_FOUND', { id: ctx.stub.getTxID() }))
  }

  @Transaction(false)
  async Break(ctx: CallContext): Promise<void> {
    return Promise.reject(new TypeError(`bad \ud800 ${ctx.stub.getTxID().repeat(20)}`))
  }
}

describe('every contract', () => {
  const chaincode = loadContracts([TriedContract])

  it('answers what the transaction returns, byte for byte', async () => {
    const response = await chaincode.Invoke(callOf(['TriedContract:Echo', '{"数":1}']))
    expect(response.status).to.equal(200)
    expect(Buffer.from(response.payload ?? []).toString()).to.equal('fiscal {"数":1}')
  })

  it('passes its own refusals on as they are', async () => {
    const response = await chaincode.Invoke(callOf(['TriedContract:Refuse']))
    expect(parseContractFault(response.message ?? '')).to.deep.include({
      code: 'ANCHOR_NOT_FOUND',
      details: { id: 'ab'.repeat(32) },
    })
  })

  it('turns whatever else is thrown into INTERNAL, with a reason of bounded length', async () => {
    const response = await chaincode.Invoke(callOf(['TriedContract:Break']))
    const fault = parseContractFault(response.message ?? '')
    expect(fault?.code).to.equal('INTERNAL')
    expect(fault?.details['reason'])
      .to.match(/^bad \ufffd (ab)+a?$/)
      .and.to.have.lengthOf(500)
  })
})
