import { expect } from 'chai'
import fc from 'fast-check'
import {
  CombinedPrincipal,
  compilePolicy,
  decode,
  encode,
  evaluatePolicy,
  MSPIdentityAnonymity,
  MSPRole,
  OrganizationUnit,
  parsePolicyExpression,
  PolicyError,
  PrincipalClassification,
  rolePrincipal,
  SerializedIdentity,
  SignaturePolicyEnvelope,
  type Identity,
  type MSPPrincipal,
  type SignaturePolicy,
} from '../src/index.js'
import { fixture, genesisConfig } from './support/fixtures.js'

function member(organization: string, name: string): Identity {
  const msp = genesisConfig.msps.get(organization)
  if (msp === undefined) throw new Error(`no ${organization}`)
  return msp.validate(fixture(`chain/certs/${name}-cert.pem`))
}

const finance = member('FinanceMSP', 'peer0.finance.fiscal.test')
const audit = member('AuditMSP', 'peer0.audit.fiscal.test')
const construction = member('ConstructionMSP', 'peer0.construction.fiscal.test')
const officer = member('FinanceMSP', 'User1@finance.fiscal.test')
const everyone = [finance, audit, construction, officer]

const signedBy = (index: number): SignaturePolicy => ({ signedBy: index, nOutOf: undefined })
const outOf = (n: number, ...rules: SignaturePolicy[]): SignaturePolicy => ({
  signedBy: undefined,
  nOutOf: { n, rules },
})
const only = (principal: MSPPrincipal): SignaturePolicyEnvelope => ({
  version: 0,
  rule: signedBy(0),
  identities: [principal],
})

function principalsOf({ identities }: SignaturePolicyEnvelope): string[] {
  const names = ['member', 'admin', 'client', 'peer', 'orderer']
  return identities.map(({ principal }) => {
    const { mspIdentifier, role } = decode(MSPRole, principal)
    return `${mspIdentifier}.${names[role] ?? '?'}`
  })
}

describe('policy expressions', () => {
  it('become what Fabric makes of them: inner gates number their principals first', () => {
    const policy = parsePolicyExpression("OR('A.member', AND('B.member', 'C.member'))")
    expect(principalsOf(policy)).to.deep.equal(['B.member', 'C.member', 'A.member'])
    expect(policy.rule).to.deep.equal(outOf(1, signedBy(2), outOf(2, signedBy(0), signedBy(1))))
  })

  it('name a principal again for each mention', () => {
    const policy = parsePolicyExpression(`OR(AND('A.member',"B.member"),OR('C.admin','A.member'))`)
    expect(principalsOf(policy)).to.deep.equal(['A.member', 'B.member', 'C.admin', 'A.member'])
    expect(policy.rule).to.deep.equal(outOf(1, outOf(2, signedBy(0), signedBy(1)), outOf(1, signedBy(2), signedBy(3))))
  })

  it('take every spelling and role', () => {
    const policy = parsePolicyExpression(" OutOf( '2', 'A.1-x.peer','B.client' ,or('C.orderer'), And('D.admin')) ")
    expect(policy.rule?.nOutOf?.n).to.equal(2)
    expect(principalsOf(policy)).to.deep.equal(['C.orderer', 'D.admin', 'A.1-x.peer', 'B.client'])
    expect(encode(SignaturePolicyEnvelope, policy)).to.be.instanceOf(Uint8Array)
  })

  it('are refused when they are none', () => {
    const wrong = [
      '',
      "'A.member'",
      'OutOf(1)',
      "OutOf(true, 'A.member')",
      'OutOf(1, 2)',
      "OutOf(3, 'A.member')",
      "OutOf(-1, 'A.member')",
      'AND()',
      "AND('A.member'",
      "AND('A.member',)",
      "AND('A.member'))",
      "AND('A.member') OR('B.member')",
      "AND('A')",
      "AND('A.boss')",
      "AND('A.member' 'B.member')",
      "NAND('A.member')",
      "AND('A b.member')",
      'AND(A.member)',
    ]
    for (const expression of wrong) {
      expect(() => parsePolicyExpression(expression), expression)
        .to.throw(PolicyError)
        .with.property('code', 'SYNTAX')
    }
  })

  it('never fail in another way', () => {
    const piece = fc.constantFrom('AND', 'OR', 'OutOf', '(', ')', ',', "'A.peer'", "'", '2', ' ', '"B.member"')
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        try {
          parsePolicyExpression(pieces.join(''))
        } catch (error) {
          if (!(error instanceof PolicyError)) throw error
        }
      }),
      { numRuns: 2000 },
    )
  })
})

describe('policy evaluation', () => {
  const twoOfThree = parsePolicyExpression("OutOf(2,'FinanceMSP.peer','AuditMSP.peer','ConstructionMSP.peer')")

  it('counts organisations, not signatures', () => {
    expect(evaluatePolicy(twoOfThree, [finance, audit])).to.be.true
    expect(evaluatePolicy(twoOfThree, [construction, audit])).to.be.true
    expect(evaluatePolicy(twoOfThree, [finance, finance, { ...finance }])).to.be.false
    expect(evaluatePolicy(twoOfThree, [finance, officer])).to.be.false
    expect(evaluatePolicy(twoOfThree, [])).to.be.false
  })

  it('uses each identity once', () => {
    const twice = parsePolicyExpression("AND('FinanceMSP.member','FinanceMSP.member')")
    expect(evaluatePolicy(twice, [finance])).to.be.false
    expect(evaluatePolicy(twice, [finance, { ...finance }])).to.be.false
    expect(evaluatePolicy(twice, [finance, officer])).to.be.true
  })

  it('is greedy, as Fabric is: the order of the signatures can matter', () => {
    const policy = parsePolicyExpression("AND('FinanceMSP.member','FinanceMSP.peer')")
    expect(evaluatePolicy(policy, [officer, finance])).to.be.true
    expect(evaluatePolicy(policy, [finance, officer])).to.be.false
  })

  it('tries every rule of a gate even when enough hold, and what they take is gone', () => {
    const policy = parsePolicyExpression("AND(OR('FinanceMSP.peer','AuditMSP.peer'),'AuditMSP.peer')")
    // The inner gate is satisfied by finance alone, and takes audit as well.
    expect(evaluatePolicy(policy, [finance, audit])).to.be.false
  })

  it('gives back what a failed gate had taken', () => {
    const policy = parsePolicyExpression("OR(AND('FinanceMSP.peer','AuditMSP.peer'),'FinanceMSP.peer')")
    expect(evaluatePolicy(policy, [finance])).to.be.true
  })

  it('never holds for fewer when it does not for more, where no one is a principal twice', () => {
    fc.assert(
      fc.property(fc.subarray(everyone), fc.constantFrom(...everyone), (some, another) => {
        if (evaluatePolicy(twoOfThree, some)) expect(evaluatePolicy(twoOfThree, [...some, another])).to.be.true
      }),
    )
  })

  it('of none out of none holds', () => {
    expect(evaluatePolicy({ version: 0, rule: outOf(0), identities: [] }, [])).to.be.true
    expect(evaluatePolicy(parsePolicyExpression("OutOf(2,'FinanceMSP.member')"), everyone)).to.be.false
  })

  it('refuses what cannot be evaluated', () => {
    const invalid: SignaturePolicyEnvelope[] = [
      { version: 1, rule: outOf(0), identities: [] },
      { version: 0, rule: undefined, identities: [] },
      { version: 0, rule: signedBy(0), identities: [] },
      { version: 0, rule: signedBy(-1), identities: [rolePrincipal('A', 'peer')] },
      { version: 0, rule: { signedBy: undefined, nOutOf: undefined }, identities: [] },
      only({ principalClassification: 9, principal: new Uint8Array(0) }),
      only({ principalClassification: 0, principal: encode(MSPRole, { mspIdentifier: 'A', role: 9 }) }),
      only({ principalClassification: PrincipalClassification.COMBINED, principal: new Uint8Array(0) }),
    ]
    for (const policy of invalid) {
      expect(() => compilePolicy(policy))
        .to.throw(PolicyError)
        .with.property('code', 'INVALID')
    }
  })
})

describe('principals', () => {
  const { IDENTITY, ORGANIZATION_UNIT, ANONYMITY, COMBINED } = PrincipalClassification
  const holds = (principal: MSPPrincipal): Identity[] =>
    everyone.filter((one) => evaluatePolicy(only(principal), [one]))

  it('of roles', () => {
    expect(holds(rolePrincipal('FinanceMSP', 'member'))).to.deep.equal([finance, officer])
    expect(holds(rolePrincipal('FinanceMSP', 'peer'))).to.deep.equal([finance])
    expect(holds(rolePrincipal('FinanceMSP', 'client'))).to.deep.equal([officer])
    expect(holds(rolePrincipal('FinanceMSP', 'admin'))).to.deep.equal([])
    expect(holds(rolePrincipal('FinanceMSP', 'orderer'))).to.deep.equal([])
  })

  it('of one certificate', () => {
    const idBytes = fixture('chain/certs/peer0.audit.fiscal.test-cert.pem')
    const principal = encode(SerializedIdentity, { mspid: 'AuditMSP', idBytes })
    expect(holds({ principalClassification: IDENTITY, principal })).to.deep.equal([audit])
    const elsewhere = encode(SerializedIdentity, { mspid: 'FinanceMSP', idBytes })
    expect(holds({ principalClassification: IDENTITY, principal: elsewhere })).to.deep.equal([])
  })

  it('of an organisational unit, under its CA', () => {
    const unit = { mspIdentifier: 'FinanceMSP', organizationalUnitIdentifier: 'peer' }
    const right = encode(OrganizationUnit, { ...unit, certifiersIdentifier: finance.certifiers })
    const wrong = encode(OrganizationUnit, { ...unit, certifiersIdentifier: audit.certifiers })
    expect(holds({ principalClassification: ORGANIZATION_UNIT, principal: right })).to.deep.equal([finance])
    expect(holds({ principalClassification: ORGANIZATION_UNIT, principal: wrong })).to.deep.equal([])
  })

  it('of anonymity and of several at once', () => {
    const nominal = { principalClassification: ANONYMITY, principal: new Uint8Array(0) }
    const anonymous = {
      principalClassification: ANONYMITY,
      principal: encode(MSPIdentityAnonymity, { anonymityType: 1 }),
    }
    expect(holds(nominal)).to.deep.equal(everyone)
    expect(holds(anonymous)).to.deep.equal([])
    const principals = [rolePrincipal('FinanceMSP', 'member'), rolePrincipal('FinanceMSP', 'client')]
    const principal = encode(CombinedPrincipal, { principals })
    expect(holds({ principalClassification: COMBINED, principal })).to.deep.equal([officer])
  })
})

describe('channel policies', () => {
  it('count the organisations below', () => {
    const { policies } = genesisConfig
    expect(policies.evaluate('/Channel/Application/Writers', [officer])).to.be.true
    expect(policies.evaluate('/Channel/Writers', [officer])).to.be.true
    expect(policies.evaluate('Application/Endorsement', [finance, audit])).to.be.true
    expect(policies.evaluate('Application/Endorsement', [finance])).to.be.false
    expect(policies.evaluate('/Channel/Application/Admins', everyone)).to.be.false
    expect(policies.evaluate('/Channel/Orderer/Writers', [officer])).to.be.false
  })

  it('are known by their names only', () => {
    expect(() => genesisConfig.policies.get('/Channel/Application/Nothing'))
      .to.throw(PolicyError)
      .with.property('code', 'UNKNOWN_POLICY')
    expect(() =>
      genesisConfig.policies.application({ signaturePolicy: undefined, channelConfigPolicyReference: undefined }),
    )
      .to.throw(PolicyError)
      .with.property('code', 'INVALID')
  })
})
