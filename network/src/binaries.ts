import { access, constants } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { FabricError } from './errors.js'

/** Fabric's own programs that a network runs. */
export interface Binaries {
  readonly peer: string
  readonly orderer: string
}

/**
 * Finds Fabric's programs. Joining, installing and approving are calls to the nodes' own services, so `osnadmin` and
 * the command-line side of `peer` are not needed.
 *
 * @param folder - default: the environment variable `FABRIC_BIN`
 * @throws FabricError BINARIES_MISSING
 */
export async function findBinaries(folder = process.env['FABRIC_BIN']): Promise<Binaries> {
  if (folder === undefined || folder === '') {
    const remedy = "set it to a folder with Hyperledger Fabric's peer and orderer, version 3.1"
    throw new FabricError('BINARIES_MISSING', `The environment variable FABRIC_BIN is not set: ${remedy}`)
  }
  const binaries = { peer: join(resolve(folder), 'peer'), orderer: join(resolve(folder), 'orderer') }
  for (const path of Object.values(binaries)) {
    try {
      await access(path, constants.X_OK)
    } catch (cause) {
      const message = `FABRIC_BIN has no program that can be run at ${path}: name a folder with peer and orderer`
      throw new FabricError('BINARIES_MISSING', message, { cause })
    }
  }
  return binaries
}
