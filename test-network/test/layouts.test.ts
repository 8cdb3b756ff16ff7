import { expect } from 'chai'
import { channelConfigOf, compilePolicy, identify, parsePolicyExpression } from '@caizheng/fabric-wire'
import { openConsortium } from '../src/consortium/index.js'
import { layoutsFor } from '../src/gateway/layouts.js'

describe('layouts', () => {
  const layouts = async (expressions: string[], first = 'FinanceMSP'): Promise<string[]> => {
    const consortium = await openConsortium()
    const { msps } = channelConfigOf(consortium.genesis)
    const peers = [...consortium.organizations.values()].flatMap(({ mspId, peer }) =>
      peer ? [[mspId, identify(msps, peer.creator)] as const] : [],
    )
    peers.sort(([a], [b]) => Number(b === first) - Number(a === first))
    const policies = expressions.map((expression) => compilePolicy(parsePolicyExpression(expression)))
    return [...layoutsFor(policies, new Map(peers))].map((layout) =>
      [...layout].map((mspId) => mspId.replace('MSP', '')).join('+'),
    )
  }
  const three = "'FinanceMSP.peer','AuditMSP.peer','ConstructionMSP.peer'"

  it('gives the smallest sets, those with the first peer before the others', async () => {
    expect(await layouts([`OutOf(2,${three})`], 'AuditMSP')).to.deep.equal([
      'Audit+Finance',
      'Audit+Construction',
      'Finance+Construction',
    ])
  })

  it('gives one set where all must sign', async () => {
    expect(await layouts([`AND(${three})`])).to.deep.equal(['Finance+Audit+Construction'])
  })

  it('joins several policies', async () => {
    expect(await layouts([`OR(${three})`, "OR('AuditMSP.peer')"])).to.deep.equal(['Audit'])
    expect(await layouts([`OutOf(2,${three})`, "OR('AuditMSP.peer')"])).to.deep.equal([
      'Finance+Audit',
      'Audit+Construction',
    ])
  })

  it('gives nothing for a policy that no peers satisfy', async () => {
    expect(await layouts(["OR('TaxMSP.peer')"])).to.deep.equal([])
    expect(await layouts(["AND('FinanceMSP.peer','FinanceMSP.peer')"])).to.deep.equal([])
    expect(await layouts(["OR('FinanceMSP.client')"])).to.deep.equal([])
  })
})
