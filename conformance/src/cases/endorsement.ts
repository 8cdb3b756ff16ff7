import { expect } from 'chai'
import {
  ApplicationPolicy,
  decode,
  decodeLoose,
  encode,
  parsePolicyExpression,
  parseTransaction,
  QueryChaincodeDefinitionArgs,
  QueryChaincodeDefinitionResult,
  SerializedIdentity,
  SignaturePolicyEnvelope,
} from '@caizheng/fabric-wire'
import { StatusCode, type Transaction } from '@hyperledger/fabric-gateway'
import { gateway } from '@hyperledger/fabric-protos'
import type { Bench } from '../bench.js'
import { describeError, expectError, failureOf } from './state.js'

/** Who must sign: the chaincode's policy, a key's own, and what a client may choose itself. */
export function endorsementCases(bench: Bench): void {
  const policy = (expression: string): string =>
    Buffer.from(encode(SignaturePolicyEnvelope, parsePolicyExpression(expression))).toString('base64')

  const endorse = (chaincode: string, name: string, args: string[], organizations?: string[]): Promise<Transaction> =>
    bench.finance
      .contract(chaincode)
      .newProposal(name, { arguments: args, ...(organizations && { endorsingOrganizations: organizations }) })
      .endorse()

  const commit = async (transaction: Transaction): Promise<number> =>
    (await (await transaction.submit()).getStatus()).code

  describe('endorsement', () => {
    it('asks as many organisations as the policy needs, unasked', async () => {
      expect(endorsersOf(await endorse('any-two', 'Put', [bench.key(), '1']))).to.have.length(2)
      expect(endorsersOf(await endorse('all-three', 'Put', [bench.key(), '1']))).to.have.members([
        'FinanceMSP',
        'AuditMSP',
        'ConstructionMSP',
      ])
      expect(endorsersOf(await endorse('finance-only', 'Put', [bench.key(), '1']))).to.deep.equal(['FinanceMSP'])
    })

    it('asks exactly the organisations that the client names', async () => {
      const transaction = await endorse('any-two', 'Put', [bench.key(), '1'], ['AuditMSP', 'ConstructionMSP'])
      expect(endorsersOf(transaction)).to.have.members(['AuditMSP', 'ConstructionMSP'])
      expect(await commit(transaction)).to.equal(StatusCode.VALID)
    })

    it('invalidates a transaction with too few endorsements', async () => {
      const one = await endorse('any-two', 'Put', [bench.key(), '1'], ['FinanceMSP'])
      expect(await commit(one)).to.equal(StatusCode.ENDORSEMENT_POLICY_FAILURE)
      const two = await endorse('all-three', 'Put', [bench.key(), '1'], ['FinanceMSP', 'AuditMSP'])
      expect(await commit(two)).to.equal(StatusCode.ENDORSEMENT_POLICY_FAILURE)
    })

    it('reports a transaction that came out invalid as a commit error with its code', async () => {
      const contract = bench.finance.contract('all-three')
      const error = await failureOf(
        contract.submit('Put', { arguments: [bench.key(), '1'], endorsingOrganizations: ['FinanceMSP'] }),
      )
      expect(error.name).to.equal('CommitError')
      expect((error as unknown as { code: number }).code).to.equal(StatusCode.ENDORSEMENT_POLICY_FAILURE)
    })

    it('says which organisations have no peer', async () => {
      await expectError(
        endorse('any-two', 'Put', [bench.key(), '1'], ['TaxMSP']),
        'failed to find any endorsing peers for org(s): TaxMSP',
      )
    })

    it('meets the policies of both chaincodes when one calls the other', async () => {
      const transaction = await endorse('finance-only', 'CallOther', [
        'all-three',
        JSON.stringify(['Put', bench.key(), '1']),
      ])
      expect(endorsersOf(transaction)).to.have.length(3)
      expect(await commit(transaction)).to.equal(StatusCode.VALID)
      const short = await endorse(
        'finance-only',
        'CallOther',
        ['all-three', JSON.stringify(['Put', bench.key(), '1'])],
        ['FinanceMSP'],
      )
      expect(await commit(short)).to.equal(StatusCode.ENDORSEMENT_POLICY_FAILURE)
    })

    it('judges a key by its own policy once it has one, and plans by it', async () => {
      const key = bench.key()
      const contract = bench.finance.contract('any-two')
      await contract.submitTransaction('Put', key, '1')
      const all = policy("AND('FinanceMSP.peer','AuditMSP.peer','ConstructionMSP.peer')")
      await contract.submitTransaction('SetKeyPolicy', key, all)

      const two = await endorse('any-two', 'Put', [key, '2'], ['FinanceMSP', 'AuditMSP'])
      expect(await commit(two)).to.equal(StatusCode.ENDORSEMENT_POLICY_FAILURE)
      const planned = await endorse('any-two', 'Put', [key, '3'])
      expect(endorsersOf(planned)).to.have.length(3)
      expect(await commit(planned)).to.equal(StatusCode.VALID)
    })

    it('lets a weaker key policy replace the chaincode policy for its key', async () => {
      const key = bench.key()
      const contract = bench.finance.contract('all-three')
      await contract.submitTransaction('Put', key, '1')
      await contract.submitTransaction('SetKeyPolicy', key, policy("OR('FinanceMSP.peer')"))
      const alone = await endorse('all-three', 'Put', [key, '2'], ['FinanceMSP'])
      expect(await commit(alone)).to.equal(StatusCode.VALID)
      const other = await endorse('all-three', 'Put', [bench.key(), '2'], ['FinanceMSP'])
      expect(await commit(other)).to.equal(StatusCode.ENDORSEMENT_POLICY_FAILURE)
    })

    it('guards the change of a key policy by the key policy', async () => {
      const key = bench.key()
      const contract = bench.finance.contract('any-two')
      await contract.submitTransaction('Put', key, '1')
      await contract.submitTransaction('SetKeyPolicy', key, policy("OR('AuditMSP.peer')"))
      const weaken = policy("OR('FinanceMSP.peer')")
      const without = await endorse('any-two', 'SetKeyPolicy', [key, weaken], ['FinanceMSP', 'ConstructionMSP'])
      expect(await commit(without)).to.equal(StatusCode.ENDORSEMENT_POLICY_FAILURE)
    })

    it('forgets a key policy with the deletion of the key', async () => {
      const key = bench.key()
      const contract = bench.finance.contract('any-two')
      await contract.submitTransaction('Put', key, '1')
      await contract.submitTransaction('SetKeyPolicy', key, policy("OR('AuditMSP.peer')"))
      await contract.submitTransaction('Delete', key)
      const again = await endorse('any-two', 'Put', [key, '2'], ['FinanceMSP', 'ConstructionMSP'])
      expect(await commit(again)).to.equal(StatusCode.VALID)
    })

    it('refuses to assemble what organisations computed differently', async () => {
      const error = await failureOf(endorse('any-two', 'Nondeterministic', [bench.key()]))
      expect(describeError(error)).to.include('ProposalResponsePayloads do not match')
    })

    it('tells a client the policy that a chaincode was defined with', async () => {
      const definition = await bench.finance.contract('_lifecycle').evaluate('QueryChaincodeDefinition', {
        arguments: [encode(QueryChaincodeDefinitionArgs, { name: 'any-two' })],
      })
      // Loosely: Fabric lists the approvals, a map, in any order
      const { validationParameter } = decodeLoose(QueryChaincodeDefinitionResult, definition)
      const { signaturePolicy } = decode(ApplicationPolicy, validationParameter)
      expect(signaturePolicy?.rule?.nOutOf?.n).to.equal(2)
    })
  })
}

export function endorsersOf(transaction: Transaction): string[] {
  const prepared = gateway.PreparedTransaction.deserializeBinary(transaction.getBytes())
  const envelope = prepared.getEnvelope()
  if (!envelope) throw new Error('the transaction has no envelope')
  return parseTransaction(envelope.serializeBinary()).endorsements.map(
    ({ endorser }) => decode(SerializedIdentity, endorser).mspid,
  )
}
