import path from 'node:path'
import { CaizhengError, writeWhole } from '@caizheng/client-sdk'
import { verifyVouchers } from '@caizheng/evidence'
import type { Progress } from './progress.js'
import type { System } from './system.js'

/** A contract of the sample projects that is settled when all of them are on the chain. */
const CONTRACT = 'A-WK-01'

/**
 * Leaves the vouchers of a settled contract, with what proves them complete, in the evidence folder, and says what that came to.
 * Where the chain gives none, the line says why; nothing else depends on it.
 */
export async function leaveVouchers(
  { client, trust, evidence }: Pick<System, 'client' | 'trust' | 'evidence'>,
  progress: Progress,
): Promise<void> {
  const target = path.join(evidence, `${CONTRACT}.vouchers.json`)
  try {
    const { file } = await client.contracts.completeness(CONTRACT)
    await writeWhole(target, file)
    const { outcome, statement, proven } = verifyVouchers(file, trust.bytes)
    progress.write(
      outcome === 'VALID'
        ? `  ${CONTRACT}: 共 ${proven?.vouchers.length} 张支付凭证，已证明齐全 · all ${proven?.vouchers.length} vouchers, proven complete\n` +
            `    npx caizheng verify ${target} --trust ${trust.path}`
        : `  ${CONTRACT}: ${statement.zh} ${statement.en}`,
    )
  } catch (error) {
    if (!(error instanceof CaizhengError)) throw error
    progress.write(`  ${CONTRACT}: 无支付凭证证明 · no proof of its vouchers: ${error.message}`)
  }
}
