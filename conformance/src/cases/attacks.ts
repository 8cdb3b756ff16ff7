import { createPrivateKey, sign } from 'node:crypto'
import { expect } from 'chai'
import { endorsementBytes, toLowS } from '@caizheng/fabric-wire'
import { openConsortium } from '@caizheng/test-network'
import { common, gateway, peer } from '@hyperledger/fabric-protos'
import { StatusCode } from '@hyperledger/fabric-gateway'
import type { Bench } from '../bench.js'
import { describeError, failureOf } from './state.js'

/** Transactions that someone changed after they were endorsed or signed. */
export function attackCases(bench: Bench): void {
  const prepare = async (name: string, args: string[]): Promise<InstanceType<typeof gateway.PreparedTransaction>> => {
    const transaction = await bench.finance.contract('any-two').newProposal(name, { arguments: args }).endorse()
    return gateway.PreparedTransaction.deserializeBinary(transaction.getBytes())
  }

  const submit = (prepared: InstanceType<typeof gateway.PreparedTransaction>) => submitAsFinance(bench, prepared)

  describe('changed transactions', () => {
    it('takes one that is unchanged', async () => {
      expect(await submit(await prepare('Put', [bench.key(), '1']))).to.equal(StatusCode.VALID)
    })

    it('invalidates results that are not those endorsed', async () => {
      const prepared = await prepare('Put', [bench.key(), 'AAAA'])
      replaceInPayload(prepared, 'AAAA', 'BBBB')
      expect(await submit(prepared)).to.not.equal(StatusCode.VALID)
    })

    it('invalidates one whose endorsement signature was changed', async () => {
      const prepared = await prepare('Put', [bench.key(), '1'])
      changeTransaction(prepared, (action) => {
        const [first] = action.getEndorsementsList()
        const signature = first?.getSignature_asU8().slice() ?? new Uint8Array()
        signature[signature.length - 1] = (signature.at(-1) ?? 0) ^ 1
        first?.setSignature(signature)
      })
      expect(await submit(prepared)).to.equal(StatusCode.ENDORSEMENT_POLICY_FAILURE)
    })

    it('counts no endorsement by a peer whom another authority named after the organisation', async () => {
      const forged = (await openConsortium()).organizations.get('AuditMSP')?.peer
      if (!forged) throw new Error('there is no such peer')
      const prepared = await prepare('Put', [bench.key(), '1'])
      changeTransaction(prepared, (action) => {
        const [first, second] = action.getEndorsementsList()
        const payload = action.getProposalResponsePayload_asU8()
        second?.setEndorser(forged.creator)
        second?.setSignature(forged.sign(endorsementBytes(payload, forged.creator)))
        if (first && second) action.setEndorsementsList([first, second])
      })
      expect(await submit(prepared)).to.equal(StatusCode.ENDORSEMENT_POLICY_FAILURE)
    })

    it('counts an endorsement that stands twice once', async () => {
      const prepared = await prepare('Put', [bench.key(), '1'])
      changeTransaction(prepared, (action) => {
        const [first] = action.getEndorsementsList()
        if (first) action.setEndorsementsList([first, first])
      })
      expect(await submit(prepared)).to.equal(StatusCode.ENDORSEMENT_POLICY_FAILURE)
    })

    it('refuses a proposal that was submitted before', async () => {
      const proposal = bench.finance.contract('any-two').newProposal('Put', { arguments: [bench.key(), '1'] })
      const bytes = proposal.getBytes()
      const transaction = await proposal.endorse()
      expect((await (await transaction.submit()).getStatus()).code).to.equal(StatusCode.VALID)
      const again = bench.finance.gateway.newProposal(bytes)
      const error = await failureOf(again.endorse())
      expect(describeError(error)).to.include('duplicate transaction found')
    })

    it('refuses an envelope whose signature is not the creator’s', async () => {
      const prepared = await prepare('Put', [bench.key(), '1'])
      const envelope = prepared.getEnvelope() ?? new common.Envelope()
      const key = createPrivateKey(bench.network.connect('AuditMSP').privateKey)
      const signature = toLowS(sign('sha256', envelope.getPayload_asU8(), key))
      const error = await failureOf(
        bench.finance.gateway.newSignedTransaction(prepared.serializeBinary(), signature).submit(),
      )
      expect(describeError(error)).to.include('FORBIDDEN')
    })
  })
}

/** Signs and submits a prepared transaction as the finance bureau's client does, whatever it has become. */
export async function submitAsFinance(
  bench: Bench,
  prepared: InstanceType<typeof gateway.PreparedTransaction>,
): Promise<number> {
  const envelope = prepared.getEnvelope() ?? new common.Envelope()
  const key = createPrivateKey(bench.network.connect('FinanceMSP').privateKey)
  envelope.setSignature(toLowS(sign('sha256', envelope.getPayload_asU8(), key)))
  prepared.setEnvelope(envelope)
  const submitted = await bench.finance.gateway
    .newSignedTransaction(prepared.serializeBinary(), envelope.getSignature_asU8())
    .submit()
  return (await submitted.getStatus()).code
}

/** Replaces bytes of the same length anywhere in the payload. */
function replaceInPayload(prepared: InstanceType<typeof gateway.PreparedTransaction>, from: string, to: string): void {
  const envelope = prepared.getEnvelope() ?? new common.Envelope()
  const payload = Buffer.from(envelope.getPayload_asU8())
  const at = payload.lastIndexOf(from)
  expect(at).to.be.greaterThan(-1)
  payload.write(to, at)
  envelope.setPayload(payload)
}

export function changeTransaction(
  prepared: InstanceType<typeof gateway.PreparedTransaction>,
  change: (action: InstanceType<typeof peer.ChaincodeEndorsedAction>) => void,
): void {
  const envelope = prepared.getEnvelope() ?? new common.Envelope()
  const payload = common.Payload.deserializeBinary(envelope.getPayload_asU8())
  const transaction = peer.Transaction.deserializeBinary(payload.getData_asU8())
  const [first] = transaction.getActionsList()
  if (!first) throw new Error('the transaction has no action')
  const actionPayload = peer.ChaincodeActionPayload.deserializeBinary(first.getPayload_asU8())
  const action = actionPayload.getAction()
  if (!action) throw new Error('the transaction has no endorsed action')
  change(action)
  first.setPayload(actionPayload.serializeBinary())
  payload.setData(transaction.serializeBinary())
  envelope.setPayload(payload.serializeBinary())
}
