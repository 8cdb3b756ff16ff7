import { join } from 'node:path'
import { organizationLayout, type Consortium, type ConsenterMaterial } from '@caizheng/test-network'

/** Where an orderer's files are and where its administration listens. */
export interface OrdererPlace {
  /** The consortium's folder. */
  readonly material: string
  /** Where its ledger and its write-ahead log are kept. */
  readonly data: string
  readonly adminPort: number
}

/** The contents of an orderer's `orderer.yaml`. Everything is on loopback, and everything between nodes is TLS. */
export function ordererConfiguration(
  { ordererOrganizations }: Consortium,
  { mspId, name, host, port }: ConsenterMaterial,
  { material, data, adminPort }: OrdererPlace,
): object {
  const domain = ordererOrganizations.get(mspId)?.domain ?? ''
  const { msp, tls } = organizationLayout('orderer', domain).node(name)
  const at = (path: string): string => join(material, path)
  const serverTls = {
    Enabled: true,
    Certificate: at(tls.certificate),
    PrivateKey: at(tls.privateKey),
    RootCAs: [at(tls.authority)],
  }
  return {
    General: {
      ListenAddress: host,
      ListenPort: port,
      TLS: { ...serverTls, ClientAuthRequired: false },
      // The consenters speak to each other on the same port, and recognise each other by these certificates
      Cluster: { ClientCertificate: serverTls.Certificate, ClientPrivateKey: serverTls.PrivateKey },
      BootstrapMethod: 'none',
      LocalMSPDir: at(msp),
      LocalMSPID: mspId,
      BCCSP: { Default: 'SW', SW: { Hash: 'SHA2', Security: 256 } },
      Authentication: { TimeWindow: '15m' },
      Keepalive: { ServerMinInterval: '60s', ServerInterval: '7200s', ServerTimeout: '20s' },
    },
    FileLedger: { Location: join(data, 'ledger') },
    Consensus: { WALDir: join(data, 'wal'), SnapDir: join(data, 'snapshot') },
    ChannelParticipation: { Enabled: true, MaxRequestBodySize: '10 MB' },
    // Whoever may join and remove channels: holders of a TLS certificate of the organisation
    Admin: {
      ListenAddress: `127.0.0.1:${String(adminPort)}`,
      TLS: { ...serverTls, ClientAuthRequired: true, ClientRootCAs: [at(tls.authority)] },
    },
    Operations: { ListenAddress: '127.0.0.1:0' },
    Metrics: { Provider: 'disabled' },
  }
}
