import { readFile, writeFile } from 'node:fs/promises'
import { chaincodeBundle } from '@caizheng/chaincode'

/** Beside the contracts of `payment`: one that does the least a contract can do, and one way to put records in. */
const additions = `
class Bench extends require('fabric-contract-api').Contract {
  constructor() { super('Bench') }
  async Touch(ctx, key) {
    const before = await ctx.stub.getState(key)
    await ctx.stub.putState(key, Buffer.from(String(before.length + 1)))
  }
  async Seed(ctx, records) {
    for (const [key, value] of JSON.parse(records)) await ctx.stub.putState(key, Buffer.from(value))
  }
}
exports.contracts.push(Bench)
`

/**
 * The chaincode `payment` as it is, and in the same namespace, so under the same policy, a contract of one get and one put.
 *
 * @param path of the CommonJS file to write; the chaincode's packages must be found from there
 */
export async function writeMeasuredBuild(path: string): Promise<void> {
  await writeFile(path, (await readFile(chaincodeBundle('payment').path, 'utf8')) + additions)
}
