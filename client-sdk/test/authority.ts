import { spawn, spawnSync } from 'node:child_process'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { encodeTrust, openTrust } from '@caizheng/evidence'
import { parseCertificate } from '@caizheng/fabric-wire'
import { repository } from './support.js'

/** A time-stamping authority in a process of its own. */
export interface Authority {
  readonly url: string
  /** A trust file with this authority among those that it names. */
  trusted(trust: Uint8Array): Uint8Array
  stop(): void
}

/** OpenSSL plays it; a machine may be without. */
export const hasOpenssl = (): boolean => spawnSync('openssl', ['version']).status === 0

export async function startAuthority(): Promise<Authority> {
  const script = repository('evidence/scripts/run-authority.mjs')
  const child = spawn(process.execPath, [script], { stdio: ['pipe', 'pipe', 'inherit'] })
  const line = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).once('line', resolve)
    child.once('exit', () => reject(new Error('the authority did not start')))
  })
  const { url, root } = JSON.parse(line) as { url: string; root: string }
  const roots = [Buffer.from(parseCertificate(root).der).toString('base64')]
  return {
    url,
    trusted(trust) {
      const { file } = openTrust(trust)
      const timestamping = [...(file.timestamping ?? []), { name: { zh: '时间戳中心', en: 'the centre' }, roots }]
      return encodeTrust({ ...file, timestamping })
    },
    stop: () => child.stdin.end(),
  }
}
