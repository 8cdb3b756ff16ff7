import { servicePackage, type ChaincodePackage } from '@caizheng/test-network'
import { expect } from 'chai'
import type { Bench } from '../../bench.js'
import { ChaincodeService } from '../../chaincode-service.js'
import { freePort } from '../../free-port.js'
import { LifecycleSession, type DefinitionUnderTest } from '../../lifecycle-session.js'
import type { Credentials } from '../../network.js'
import { probe } from '../../probe.js'

/** The administrators of all node organisations, who have installed the package of a running service. */
export class LifecycleParties {
  private constructor(
    private readonly bench: Bench,
    private readonly sessions: readonly LifecycleSession[],
    private readonly service: ChaincodeService,
    readonly packaged: ChaincodePackage,
  ) {}

  static async open(bench: Bench): Promise<LifecycleParties> {
    const port = await freePort()
    const packaged = servicePackage('lifecycle_1.0', `127.0.0.1:${String(port)}`)
    const service = new ChaincodeService(probe, packaged.id, port)
    await service.start()
    const sessions = bench.network.nodeOrganizations.map(
      (mspId) => new LifecycleSession(bench.network.connect(mspId, 'admin')),
    )
    for (const session of sessions) expect(await session.install(packaged.bytes)).to.include({ status: 200 })
    return new LifecycleParties(bench, sessions, service, packaged)
  }

  get finance(): LifecycleSession {
    return this.of('FinanceMSP')
  }

  get organizations(): string[] {
    return [...this.bench.network.nodeOrganizations]
  }

  of(mspId: string): LifecycleSession {
    const session = this.sessions.find((one) => one.mspId === mspId)
    if (!session) throw new Error(`no session of ${mspId}`)
    return session
  }

  /** An administrator of one organisation who speaks to the peer of another. */
  atPeerOf(mspId: string, administrator: string): Credentials {
    const peerOf = this.bench.network.connect(mspId)
    const credentials = this.bench.network.connect(administrator, 'admin')
    return { ...credentials, address: peerOf.address, grpcClient: () => peerOf.grpcClient() }
  }

  /** A definition of a chaincode that nobody has named before. */
  unnamed(): DefinitionUnderTest {
    return {
      name: `defined-${this.bench.key()}`,
      version: '1.0',
      sequence: 1,
      endorsementPolicy: "OR('FinanceMSP.peer','AuditMSP.peer','ConstructionMSP.peer')",
    }
  }

  async approveAll(definition: DefinitionUnderTest): Promise<void> {
    await Promise.all(this.sessions.map((session) => session.approve(definition, this.packaged.id)))
  }

  async define(definition: DefinitionUnderTest): Promise<void> {
    await this.approveAll(definition)
    await this.finance.commit(definition, this.organizations)
  }

  async close(): Promise<void> {
    for (const session of this.sessions) session.close()
    await this.service.stop()
  }
}
