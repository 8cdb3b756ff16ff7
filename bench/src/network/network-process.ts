import path from 'node:path'
import process from 'node:process'
import { startNetwork, writeTrustFile } from '@caizheng/start'
import type { FromNetwork, ToNetwork } from './messages.js'

/**
 * A process that runs the network and the chaincode, and no client but the one that writes the network's identity: that
 * is its first commit. Real Fabric runs in processes of its own, which this one starts. Arguments: the kind of network, the
 * data folder and, where it is not the default, the endorsement policy.
 */
const [kind, folder = '', policy] = process.argv.slice(2)
const { network, profiles, stop } = await startNetwork(folder, {
  kind: kind === 'fabric' ? 'fabric' : 'embedded',
  ...(policy === undefined ? {} : { endorsementPolicy: policy }),
})
// performance.now() counts from the start of the process.
const milliseconds = performance.now()
const trust = await writeTrustFile(path.join(folder, 'trust.json'), network, ['evidence'])
tell({
  kind: 'up',
  profile: profiles.get('FinanceMSP') ?? '',
  trust: trust.path,
  milliseconds,
})

process.on('message', (message: ToNetwork) => {
  switch (message.kind) {
    case 'memory':
      tell({ kind: 'memory', mebibytes: process.memoryUsage.rss() / 2 ** 20 })
      break
    case 'stop':
      void end()
  }
})
// The parent may have been stopped by Ctrl-C.
process.on('disconnect', () => void end())

async function end(): Promise<void> {
  await stop()
  process.exit()
}

function tell(message: FromNetwork): void {
  process.send?.(message)
}
