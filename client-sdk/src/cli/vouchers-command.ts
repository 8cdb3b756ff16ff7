import path from 'node:path'
import { verifyVouchers, type VouchersReport } from '@caizheng/evidence'
import { Argument, type Command } from 'commander'
import { bytesOf } from '../evidence/verify-document.js'
import { writeWhole } from '../evidence/write-whole.js'
import type { CommandContext } from './context.js'
import { labelled } from './language.js'

/** What the names of vouchers files end with; by it `verify` knows them. */
export const VOUCHERS_SUFFIX = '.vouchers.json'

/** `caizheng vouchers`: takes all vouchers of a contract, with what proves them complete, into one file. */
export function addVouchersCommand(program: Command, context: CommandContext): void {
  const { say, progress, language } = context
  program
    .command('vouchers')
    .description(say('vouchers'))
    .addArgument(new Argument('<contract>', say('vouchersContract')))
    .requiredOption('--profile <file>', say('optionProfile'))
    .option('--out <folder>', say('optionVouchersOut'), '.')
    .action(async (contractNo: string, { profile, out }: { readonly profile: string; readonly out: string }) => {
      await context.withClient(profile, async ({ contracts }) => {
        progress.show(labelled(language, say('vouchersReading'), contractNo))
        const { file, receipt, vouchers } = await contracts.completeness(contractNo)
        // A contract's number may have characters that a file's name may not.
        const target = path.join(out, `${contractNo.replaceAll(/[/\\]/g, '_')}${VOUCHERS_SUFFIX}`)
        await writeWhole(target, file)
        context.print(labelled(language, say('vouchersFile'), target))
        context.print(say('vouchersCount').replace('{count}', String(vouchers.length)))
        for (const mspId of receipt.missing) context.note(`${mspId} ${say('missing')}`)
      })
    })
}

/** What `caizheng verify` does with a vouchers file: the file is all there is to verify. */
export async function verifyVouchersFile(file: string, trust: string, fingerprint?: string): Promise<VouchersReport> {
  const [bytes, pinned] = await Promise.all([bytesOf(file), bytesOf(trust)])
  return verifyVouchers(bytes, pinned, fingerprint === undefined ? {} : { fingerprint })
}
