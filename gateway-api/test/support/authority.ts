import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { encodeTrust, openTrust } from '@caizheng/evidence'
import { parseCertificate } from '@caizheng/fabric-wire'

/** A time-stamping authority in a process of its own, played by OpenSSL. */
export interface Authority {
  readonly url: string
  /** The trust file with this authority in it. */
  trusted(trust: Uint8Array): Uint8Array
  stop(): void
}

/** Undefined where the machine has no OpenSSL. */
export async function startAuthority(): Promise<Authority | undefined> {
  if (spawnSync('openssl', ['version']).status !== 0) return undefined
  const script = fileURLToPath(new URL('../../../../evidence/scripts/run-authority.mjs', import.meta.url))
  const child = spawn(process.execPath, [script], { stdio: ['pipe', 'pipe', 'inherit'] })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  const { url, root } = JSON.parse(line.toString()) as { url: string; root: string }
  const roots = [Buffer.from(parseCertificate(root).der).toString('base64')]
  return {
    url,
    trusted: (trust) =>
      encodeTrust({
        ...openTrust(trust).file,
        timestamping: [{ name: { zh: '时间戳中心', en: 'the centre' }, roots }],
      }),
    stop: () => child.stdin.end(),
  }
}
