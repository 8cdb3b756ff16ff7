import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { ChaincodeRuntime, chaincodeModule, chaincodeService } from './chaincode/index.js'
import type { InstalledChaincodes } from './lifecycle/index.js'
import type { ChaincodeOptions } from './options.js'

/**
 * Gives one organisation's peer its copies of the chaincodes. A module is started at once, so that a bundle that can't
 * be loaded is found at the start; a service may come later.
 *
 * @returns the ids under which the organisation approves them, by the chaincode's name
 * @throws Error naming the chaincode, when a module can't be read or loaded
 */
export async function startChaincodes(
  mspId: string,
  chaincodes: readonly ChaincodeOptions[],
  installed: InstalledChaincodes,
): Promise<Map<string, string>> {
  const packages = new Map<string, string>()
  for (const { name, version = '1.0', program, programs } of chaincodes) {
    const label = `${name}_${version}`
    const runtime = await start(mspId, label, programs?.[mspId] ?? program)
    installed.add(label, runtime)
    packages.set(name, runtime.packageId)
  }
  return packages
}

async function start(mspId: string, label: string, program: ChaincodeOptions['program']): Promise<ChaincodeRuntime> {
  if ('service' in program) return new ChaincodeRuntime(program.packageId, chaincodeService(program.service))
  try {
    const digest = createHash('sha256')
      .update(await readFile(program.module))
      .digest('hex')
    const runtime = new ChaincodeRuntime(`${label}:${digest}`, chaincodeModule(program.module, mspId))
    await runtime.stream()
    return runtime
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new Error(`Chaincode ${label} can't be started from ${program.module}: ${reason}`, { cause })
  }
}
