import { expect } from 'chai'
import shim from 'fabric-shim'
import { rememberingCertificates } from '../../src/chaincode/client-identities.js'
import { openConsortium } from '../../src/index.js'

describe("the shim's client identities", () => {
  it('are what the shim makes, and each call has objects of its own', async () => {
    const Original = shim.ClientIdentity as unknown as Parameters<typeof rememberingCertificates>[0]
    const Remembering = rememberingCertificates(Original)
    const consortium = await openConsortium()
    const people = ['one', 'two'].map((name) =>
      consortium.issue('FinanceMSP', { name, role: 'client', attributes: { duty: `${name}'s` } }),
    )
    for (const round of [1, 2]) {
      for (const { certificatePem } of people) {
        const creator = { mspid: 'FinanceMSP', idBytes: Buffer.from(certificatePem) }
        const stub = { getCreator: () => creator, getChannelID: () => 'fiscal', getTxID: () => String(round) }
        const [made, original] = [new Remembering(stub), new Original(stub)]
        expect(made).to.be.instanceOf(Original)
        expect({ ...made }).to.deep.equal({ ...original })
        made.attrs['duty'] = 'changed'
        made.id = 'changed'
      }
    }
  })
})
