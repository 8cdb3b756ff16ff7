import { createPrivateKey, randomBytes, sign } from 'node:crypto'
import {
  BatchSize,
  ChannelHeader,
  concatBytes,
  ConfigEnvelope,
  encode,
  Envelope,
  HeaderType,
  Payload,
  SignatureHeader,
  toLowS,
} from '@caizheng/fabric-wire'
import {
  broadcast,
  changeMsp,
  makeUpdate,
  openConsortium,
  readConfiguration,
  signUpdate,
  submitUpdate,
  updateChannel,
  UpdateRefused,
  withoutOrganization,
  withPolicy,
  withValue,
  type BroadcastReply,
  type ConfigChange,
  type Consortium,
  type Signer,
} from '@caizheng/test-network'
import { expect } from 'chai'
import type { Bench } from '../bench.js'
import { administrators } from './administrators.js'

/** Attempts of some against the rest, which the named policies of the design refuse. */
export function configurationAttackCases(bench: Bench): void {
  describe('attacks on the configuration', () => {
    const { admin, all } = administrators(bench)
    const two = (): Signer[] => [admin('FinanceMSP'), admin('AuditMSP')]
    let pretender: Consortium
    let sequence: number
    const present = async () => {
      const [peer] = bench.network.peers
      if (!peer) throw new Error('the network has no peer')
      return readConfiguration(peer, bench.network.channel, admin('FinanceMSP'))
    }
    before(async () => {
      pretender = await openConsortium()
      sequence = (await present()).sequence
    })
    afterEach(async () => {
      expect((await present()).sequence, 'nothing has changed').to.equal(sequence)
    })

    const refusal = async (attempt: Promise<unknown>): Promise<UpdateRefused> => {
      try {
        await attempt
      } catch (error) {
        if (error instanceof UpdateRefused) return error
        throw error
      }
      throw new Error('the update was taken')
    }
    /** Refused for want of consent to this element. */
    const lacksConsent = async (attempt: Promise<unknown>, element: string): Promise<void> => {
      const { status, info } = await refusal(attempt)
      expect(info).to.equal(
        `error applying config update to existing channel '${bench.network.channel}': error authorizing update: ` +
          `error validating DeltaSet: policy for ${element} not satisfied: signature set did not satisfy policy`,
      )
      expect(status).to.equal(400)
    }
    const update = (change: ConfigChange, signers: readonly Signer[], submitter?: Signer) =>
      updateChannel(bench.network, change, signers, submitter)
    const batches = withValue(
      'Orderer/BatchSize',
      encode(BatchSize, { maxMessageCount: 3, absoluteMaxBytes: 9_000_000, preferredMaxBytes: 1_000_000 }),
    )
    const BATCHES = '[Value]  /Channel/Orderer/BatchSize'
    const replaceCa: ConfigChange = (channel) => {
      const { ca, tlsCa } = pretender.organizations.get('ConstructionMSP') ?? {}
      if (!ca || !tlsCa) throw new Error('the pretender has no such organisation')
      const root = Buffer.from(ca.certificatePem)
      changeMsp(channel, 'ConstructionMSP', (msp) => {
        const units = msp.fabricNodeOus
        for (const unit of [
          units?.clientOuIdentifier,
          units?.peerOuIdentifier,
          units?.adminOuIdentifier,
          units?.ordererOuIdentifier,
        ]) {
          if (unit) unit.certificate = root
        }
        return { ...msp, rootCerts: [root], tlsRootCerts: [Buffer.from(tlsCa.certificatePem)] }
      })
    }

    it('two administrators cannot remove the third organisation', () =>
      lacksConsent(update(withoutOrganization('ConstructionMSP'), two()), '[Group]  /Channel/Application'))

    it('two administrators cannot put another CA in the place of the third’s', () =>
      lacksConsent(update(replaceCa, two()), '[Value]  /Channel/Application/ConstructionMSP/MSP'))

    for (const [path, expression] of [
      ['Application/LifecycleEndorsement', "AND('FinanceMSP.peer','AuditMSP.peer')"],
      ['Application/Endorsement', "AND('FinanceMSP.peer','AuditMSP.peer')"],
      ['Application/Admins', "AND('FinanceMSP.admin','AuditMSP.admin')"],
      ['Orderer/Admins', "AND('FinanceMSP.admin','AuditMSP.admin')"],
      ['Admins', "AND('FinanceMSP.admin','AuditMSP.admin')"],
      ['Application/ConstructionMSP/Admins', "OR('FinanceMSP.admin')"],
    ] as const) {
      it(`two administrators cannot change the policy ${path}`, () =>
        lacksConsent(update(withPolicy(path, expression), two()), `[Policy] /Channel/${path}`))
    }

    it('an administrator of an organisation without a node is no third', () =>
      lacksConsent(update(batches, [...two(), admin('TaxMSP')]), BATCHES))

    it('an orderer’s administrator is no third', () => {
      const orderer = bench.network.consortium.ordererOrganizations.get('ConstructionOrdererMSP')
      if (!orderer) throw new Error('there is no such orderer organisation')
      return lacksConsent(update(batches, [...two(), orderer.admin]), BATCHES)
    })

    it('an administrator whom another CA named after the third is none', () => {
      const forged = pretender.organizations.get('ConstructionMSP')?.admin
      if (!forged) throw new Error('the pretender has no such organisation')
      return lacksConsent(update(batches, [...two(), forged]), BATCHES)
    })

    it('one administrator who signs three times is one', () =>
      lacksConsent(update(batches, [admin('FinanceMSP'), admin('FinanceMSP'), admin('FinanceMSP')]), BATCHES))

    it('an update that nobody signed is refused', () => lacksConsent(update(batches, [], admin('FinanceMSP')), BATCHES))

    it('the signatures of clients and peers are no consent', async () => {
      const organizations = bench.network.nodeOrganizations.map((mspId) =>
        bench.network.consortium.organizations.get(mspId),
      )
      const clients = organizations.flatMap((organization) => (organization ? [organization.user] : []))
      const peers = organizations.flatMap((organization) => (organization?.peer ? [organization.peer] : []))
      await lacksConsent(update(batches, clients), BATCHES)
      await lacksConsent(update(batches, peers, admin('FinanceMSP')), BATCHES)
    })

    it('a signature of another update is no consent to this one', async () => {
      const wanted = await makeUpdate(bench.network, batches, admin('FinanceMSP'))
      const other = await makeUpdate(
        bench.network,
        withPolicy('Application/TaxMSP/Readers', "OR('TaxMSP.admin')"),
        admin('FinanceMSP'),
      )
      const signatures = [...two().map((one) => signUpdate(wanted, one)), signUpdate(other, admin('ConstructionMSP'))]
      await lacksConsent(submitUpdate(bench.network, wanted, signatures, admin('FinanceMSP')), BATCHES)
    })

    it('a signature by another key than the certificate’s is none', async () => {
      const wanted = await makeUpdate(bench.network, batches, admin('FinanceMSP'))
      const signatureHeader = encode(SignatureHeader, {
        creator: admin('ConstructionMSP').creator,
        nonce: Buffer.from('chosen by an attacker 24'),
      })
      const key = createPrivateKey(admin('FinanceMSP').privateKeyPem)
      const forged = {
        signatureHeader,
        signature: toLowS(sign('sha256', concatBytes(signatureHeader, wanted), key)),
      }
      const signatures = [...two().map((one) => signUpdate(wanted, one)), forged]
      await lacksConsent(submitUpdate(bench.network, wanted, signatures, admin('FinanceMSP')), BATCHES)
    })

    it('a configuration cannot be handed in as if an orderer had made it', async () => {
      const attempt = async (type: number, channelId: string): Promise<BroadcastReply> => {
        const [orderer] = bench.network.orderers
        if (!orderer) throw new Error('the network has no orderer')
        const { creator, sign } = admin('FinanceMSP')
        const channelHeader = encode(ChannelHeader, {
          type,
          channelId,
          timestamp: { seconds: Math.floor(Date.now() / 1000) },
        })
        const signatureHeader = encode(SignatureHeader, { creator, nonce: randomBytes(24) })
        const config = { sequence: sequence + 1, channelGroup: (await present()).group }
        const payload = encode(Payload, {
          header: { channelHeader, signatureHeader },
          data: encode(ConfigEnvelope, { config }),
        })
        return broadcast(orderer, encode(Envelope, { payload, signature: sign(payload) }))
      }
      expect(await attempt(HeaderType.CONFIG, bench.network.channel)).to.deep.equal({
        status: 400,
        info: 'message is of type that cannot be processed directly',
      })
      expect(await attempt(HeaderType.CONFIG_UPDATE, 'elsewhere')).to.deep.equal({
        status: 400,
        info: 'channel does not exist',
      })
    })

    it('an organisation cannot change what is another’s', () =>
      lacksConsent(
        update(withPolicy('Application/AuditMSP/Readers', "OR('AuditMSP.admin')"), [admin('FinanceMSP')]),
        '[Policy] /Channel/Application/AuditMSP/Readers',
      ))

    it('who may not write to the channel cannot hand in what all have signed', async () => {
      const submitted = async (submitter: Signer) => {
        const bytes = await makeUpdate(bench.network, batches, admin('FinanceMSP'))
        const signatures = all().map((one) => signUpdate(bytes, one))
        return submitUpdate(bench.network, bytes, signatures, submitter, admin('FinanceMSP'))
      }
      const peer = bench.network.consortium.organizations.get('FinanceMSP')?.peer
      if (!peer) throw new Error('finance has no peer')
      const forged = pretender.organizations.get('FinanceMSP')?.user
      if (!forged) throw new Error('the pretender has no such organisation')
      for (const submitter of [peer, forged]) {
        const { status, info } = await refusal(submitted(submitter))
        expect(info).to.equal(
          'config update for existing channel did not pass initial checks: signature set did not satisfy policy: permission denied',
        )
        expect(status).to.equal(403)
      }
    })
  })
}
