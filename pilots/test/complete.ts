import type { Client } from '@caizheng/client-sdk'
import { verifyVouchers, type Trust, type VouchersFile, type VouchersReport } from '@caizheng/evidence'
import { canonicalBytes, type Settlement, type Voucher } from '@caizheng/records'
import { expect } from 'chai'
import { stateOf } from './ledger.js'

/** Every settlement that was approved proves its vouchers complete: each as the chain has it. Gives the files by contract. */
export async function proveSettlements(client: Client, trust: Trust): Promise<ReadonlyMap<string, Uint8Array>> {
  const state = [...(await stateOf(client, 'charter')).entries()]
  const settled = state.flatMap(([key, record]) => (key.startsWith('settlement:') ? [record as Settlement] : []))
  const files = new Map<string, Uint8Array>()
  for (const { contractNo, settlementNo, status } of settled) {
    const { file, receipt } = await client.contracts.completeness(contractNo)
    expect(receipt.missing, contractNo).to.deep.equal([])
    const { outcome, proven, statement } = verifyVouchers(file, trust)
    expect(outcome, statement.en).to.equal('VALID')
    expect(proven?.settlement, contractNo).to.include({ settlementNo, status })
    expect(proven?.closed, contractNo).to.equal(status === 'SIGNED')
    expect(proven?.vouchers.length, contractNo).to.equal(proven?.totals.vouchers)
    files.set(contractNo, file)
  }
  return files
}

/** What is found wrong with a file whose vouchers were changed: the steps that failed, each with its reason. */
export function wrongWith(
  file: Uint8Array,
  trust: Trust,
  change: (vouchers: Voucher[]) => readonly Voucher[],
): string[] {
  const value = JSON.parse(Buffer.from(file).toString()) as VouchersFile
  return failures(verifyVouchers(canonicalBytes({ ...value, vouchers: change(value.vouchers) }), trust))
}

export function failures({ outcome, steps }: VouchersReport): string[] {
  expect(outcome).to.equal('INVALID')
  return steps.flatMap(({ outcome, fault, reason }) => (outcome === 'failed' ? [`${fault}: ${reason.en}`] : []))
}

/** The file with another sum in what the nodes answered, which makes it longer or shorter nowhere. */
export function withOtherSum(file: Uint8Array): Uint8Array {
  const value = JSON.parse(Buffer.from(file).toString()) as VouchersFile & { receipt: { responsePayload: string } }
  const answer = Buffer.from(value.receipt.responsePayload, 'base64')
  const at = answer.lastIndexOf('"vouchersFen":"') + '"vouchersFen":"'.length
  answer[at] = (answer[at] as number) ^ 1
  const receipt = { ...value.receipt, responsePayload: answer.toString('base64') }
  return canonicalBytes({ ...value, receipt })
}
