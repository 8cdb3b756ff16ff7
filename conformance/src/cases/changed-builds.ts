import { encode, parsePolicyExpression, SignaturePolicyEnvelope } from '@caizheng/fabric-wire'
import { StatusCode } from '@hyperledger/fabric-gateway'
import { expect } from 'chai'
import { text } from '../gateway.js'
import { LifecycleSession } from '../lifecycle-session.js'
import type { Deployment } from '../network.js'
import { register, registerChanged } from '../probe.js'
import type { Bench } from '../bench.js'
import { describeError, expectError, failureOf } from './state.js'

const FINANCE = "OR('FinanceMSP.peer')"
const ALL = "AND('FinanceMSP.peer','AuditMSP.peer','ConstructionMSP.peer')"
const COLLUDING = ['FinanceMSP', 'AuditMSP']

/** The register under two policies; finance and audit run a changed build of it. */
export const changedBuilds: readonly Deployment[] = [
  { name: 'register-two', endorsementPolicy: "OutOf(2,'FinanceMSP.peer','AuditMSP.peer','ConstructionMSP.peer')" },
  { name: 'register-three', endorsementPolicy: ALL },
].map((deployment) => ({
  ...deployment,
  module: register,
  programs: { FinanceMSP: registerChanged, AuditMSP: registerChanged },
}))

type Step = readonly ['put', string, unknown] | readonly ['delete', string] | readonly ['policy', string, string]

/**
 * Two departments whose nodes run changed code, against the third. What they want is the same under both policies: under
 * two of three it commits, whatever policy a key was born with; under all three it is invalid.
 */
export function changedBuildCases(bench: Bench): void {
  const policy = (expression: string): string =>
    Buffer.from(encode(SignaturePolicyEnvelope, parsePolicyExpression(expression))).toString('base64')

  const submit = async (
    chaincode: string,
    name: string,
    args: string[],
    organizations: string[] = COLLUDING,
  ): Promise<number> => {
    const proposal = bench.finance
      .contract(chaincode)
      .newProposal(name, { arguments: args, endorsingOrganizations: organizations })
    return (await (await (await proposal.endorse()).submit()).getStatus()).code
  }
  const collude = (chaincode: string, steps: readonly Step[], organizations?: string[]): Promise<number> =>
    submit(chaincode, 'Do', [JSON.stringify(steps)], organizations)
  const held = async (chaincode: string, key: string): Promise<unknown> =>
    JSON.parse(text(await bench.finance.contract(chaincode).evaluateTransaction('Get', key))) as unknown
  const honest = (chaincode: string, name: string, ...args: string[]) =>
    submit(chaincode, name, args, [...bench.network.nodeOrganizations])
  /** A registered contract worth 100 whose keys carry the policy of all three. */
  const registered = async (chaincode: string): Promise<string> => {
    const id = bench.key()
    expect(await honest(chaincode, 'Register', id, '100', policy(ALL))).to.equal(StatusCode.VALID)
    return id
  }

  /** What two departments try, and the key that shows whether they got it. */
  const attacks: readonly {
    name: string
    attempt: (chaincode: string) => Promise<{ code: number; key: string; wanted: unknown }>
  }[] = [
    {
      name: 'register a rival contract that is settled from the first, with the right policy on it',
      async attempt(chaincode) {
        const key = `contract:${bench.key()}`
        const wanted = { worth: 900, settled: true }
        const code = await collude(chaincode, [
          ['put', key, wanted],
          ['policy', key, policy(ALL)],
        ])
        return { code, key, wanted }
      },
    },
    {
      name: 'create a contract whose policy is finance alone',
      async attempt(chaincode) {
        const key = `contract:${bench.key()}`
        const wanted = { worth: 900, settled: false }
        const code = await collude(chaincode, [
          ['put', key, wanted],
          ['policy', key, policy(FINANCE)],
        ])
        return { code, key, wanted }
      },
    },
    {
      name: 'put a second total beside the first',
      async attempt(chaincode) {
        const key = `total:${await registered(chaincode)}-beside`
        const wanted = { paid: 100 }
        return { code: await collude(chaincode, [['put', key, wanted]]), key, wanted }
      },
    },
    {
      name: 'squat the key of a contract that is still to come',
      async attempt(chaincode) {
        const key = `contract:${bench.key()}`
        const wanted = { worth: 1, settled: true }
        return { code: await collude(chaincode, [['put', key, wanted]]), key, wanted }
      },
    },
    {
      name: 'make a slot again that was deleted, with a policy of their own',
      async attempt(chaincode) {
        const id = await registered(chaincode)
        const key = `contract:${id}`
        // The deletion itself all three agree to, as at the end of a procedure
        const removed = await removeHonestly(chaincode, key)
        expect(removed).to.equal(StatusCode.VALID)
        const wanted = { worth: 100, settled: true }
        const code = await collude(chaincode, [
          ['put', key, wanted],
          ['policy', key, policy(FINANCE)],
        ])
        return { code, key, wanted }
      },
    },
  ]
  const removeHonestly = (chaincode: string, key: string): Promise<number> =>
    submit(chaincode, 'Remove', [key], [...bench.network.nodeOrganizations])

  describe('two departments with changed code', () => {
    for (const { name, attempt } of attacks) {
      it(`${name}: they can under two of three`, async () => {
        const { code, key, wanted } = await attempt('register-two')
        expect(code).to.equal(StatusCode.VALID)
        expect(await held('register-two', key)).to.deep.equal(wanted)
      })

      it(`${name}: they cannot under all three`, async () => {
        const { code, key, wanted } = await attempt('register-three')
        expect(code).to.equal(StatusCode.ENDORSEMENT_POLICY_FAILURE)
        expect(await held('register-three', key)).to.not.deep.equal(wanted)
      })
    }

    it('cannot write a key that carries the policy of all three, under either', async () => {
      for (const chaincode of ['register-two', 'register-three']) {
        const key = `contract:${await registered(chaincode)}`
        const code = await collude(chaincode, [['put', key, { worth: 100, settled: true }]])
        expect(code).to.equal(StatusCode.ENDORSEMENT_POLICY_FAILURE)
        const weaker = await collude(chaincode, [['policy', key, policy(FINANCE)]])
        expect(weaker).to.equal(StatusCode.ENDORSEMENT_POLICY_FAILURE)
        expect(await held(chaincode, key)).to.deep.equal({ worth: 100, settled: false })
      }
    })

    it('leave the rest to one of them, once a key was born with its policy', async () => {
      const key = `contract:${bench.key()}`
      await collude('register-two', [
        ['put', key, { worth: 900, settled: false }],
        ['policy', key, policy(FINANCE)],
      ])
      const settled = { worth: 900, settled: true }
      expect(await collude('register-two', [['put', key, settled]], ['FinanceMSP'])).to.equal(StatusCode.VALID)
      expect(await held('register-two', key)).to.deep.equal(settled)
    })

    it('cannot define the next version of a chaincode, whose policy would be theirs', async () => {
      const sessions = COLLUDING.map((mspId) => new LifecycleSession(bench.network.connect(mspId, 'admin')))
      const [finance] = sessions
      if (!finance) throw new Error('two departments collude')
      try {
        const next = {
          name: 'register-three',
          version: '2.0',
          sequence: 2,
          endorsementPolicy: "AND('FinanceMSP.peer','AuditMSP.peer')",
        }
        for (const session of sessions) await session.approve(next)
        const alone = await failureOf(finance.commit(next, COLLUDING))
        expect(describeError(alone)).to.include('ENDORSEMENT_POLICY_FAILURE')
        await expectError(
          finance.commit(next, [...bench.network.nodeOrganizations]),
          'chaincode definition not agreed to by this org (ConstructionMSP)',
        )
        expect(await finance.definition(next.name)).to.include({ version: '1.0', sequence: 1 })
      } finally {
        for (const session of sessions) session.close()
      }
    })

    it('block the honest registration with a squatted key', async () => {
      const id = bench.key()
      await collude('register-two', [['put', `contract:${id}`, { worth: 1, settled: true }]])
      const refused = await failureOf(honest('register-two', 'Register', id, '100', ''))
      expect(describeError(refused)).to.include(`contract ${id} is registered already`)
    })

    it('do not get the third to endorse: its node runs the rules', async () => {
      const steps = JSON.stringify([['put', `contract:${bench.key()}`, { worth: 900, settled: true }]])
      await expectError(
        submit('register-three', 'Do', [steps], [...bench.network.nodeOrganizations]),
        "You've asked to invoke a function that does not exist: Do",
      )
      const id = await registered('register-three')
      await expectError(honest('register-three', 'Pay', id, '101'), `contract ${id} is worth 100`)
      expect(await honest('register-three', 'Pay', id, '100')).to.equal(StatusCode.VALID)
      expect(await honest('register-three', 'Settle', id)).to.equal(StatusCode.VALID)
    })
  })
}
