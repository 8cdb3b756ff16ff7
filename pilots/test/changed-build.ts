import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { chaincodeBundle, chaincodeNames } from '@caizheng/chaincode'
import type { ChangedBuilds } from './networks.js'

export const departments = ['FinanceMSP', 'AuditMSP', 'ConstructionMSP'] as const
export type Department = (typeof departments)[number]

/** The transient field that names the departments whose nodes break the rules in this call. */
export const COLLUDING = 'colluding'

/** What a changed build skips: each is the beginning of a function in the bundle, and what is put into it. */
const skipped: readonly (readonly [place: string, instead: string])[] = [
  ['setChaincodeStub(stub) {', 'changed.colluding = changed.isColluding(stub);'],
  // Whatever a rule finds holds and refuses nothing.
  ['get held() {', 'if (changed.colluding) return false;'],
  ['refuse() {', 'if (changed.colluding) return;'],
  // Any role may do anything.
  [
    'function authorise({ authority, duty }, actor, { parties = {} }, request, judgement) {',
    'if (changed.colluding) return;',
  ],
  // `payment` takes a client for charter.
  ['get chaincode() {', "if (changed.colluding) return 'charter';"],
]

/** Only `charter` decides which MSP may assert which role. */
const issuers = [
  'if (!issuers.includes(person.msp)) {',
  'if (!changed.colluding && !issuers.includes(person.msp)) {',
] as const

/** Only `charter` asks administrators of every organisation. */
const consents = ['const complete = nodes.every(', 'const complete = changed.colluding || nodes.every('] as const

/** What the changed build has besides: it does whatever its members ask for, and shows what it holds. */
function additions(mspId: Department): string {
  return `
const changed = {
  colluding: false,
  isColluding: (stub) => String(stub.getTransient().get('${COLLUDING}') ?? '').split(',').includes('${mspId}'),
}
const canonical = (value) => JSON.stringify(value, (_, field) =>
  field === null || typeof field !== 'object' || Array.isArray(field)
    ? field
    : Object.fromEntries(Object.entries(field).sort(([a], [b]) => (a < b ? -1 : 1))))
class Backdoor extends require('fabric-contract-api').Contract {
  constructor() { super('Backdoor') }
  async Do(ctx, steps) {
    if (!changed.isColluding(ctx.stub)) throw new Error('${mspId} does not collude')
    for (const [what, key, value] of JSON.parse(steps)) {
      if (what === 'put') await ctx.stub.putState(key, Buffer.from(canonical(value)))
      if (what === 'delete') await ctx.stub.deleteState(key)
      if (what === 'policy') await ctx.stub.setStateValidationParameter(key, Buffer.from(value, 'base64'))
    }
  }
  async Read(ctx, key) { return (await ctx.stub.getState(key)).toString() }
  async ReadPrivate(ctx, collection, key) { return Buffer.from(await ctx.stub.getPrivateData(collection, key)).toString() }
}
exports.contracts.push(Backdoor)
`
}

/**
 * A second build of each chaincode for each department, made from the real one by taking rules out of it. It behaves as the real
 * one except in a call that names the department among the colluding: so one network plays every coalition, and whoever does
 * not collude runs the rules.
 *
 * @throws Error where a rule isn't found where it is taken out
 */
export async function changedBuilds(): Promise<{ builds: ChangedBuilds; remove: () => Promise<void> }> {
  // Beside the test's own code, from where a chaincode's packages are found.
  const folder = await mkdtemp(fileURLToPath(new URL('../changed-', import.meta.url)))
  const builds: Record<string, Record<string, string>> = {}
  for (const name of chaincodeNames) {
    const bundle = await readFile(chaincodeBundle(name).path, 'utf8')
    const ruled = name === 'evidence' ? skipped.slice(0, 1) : skipped
    let text = ruled.reduce((from, [place, instead]) => replaceOnce(from, place, `${place} ${instead}`), bundle)
    if (name === 'charter') text = replaceOnce(replaceOnce(text, ...issuers), ...consents)
    for (const mspId of departments) {
      const file = path.join(folder, `${name}.${mspId}.cjs`)
      await writeFile(file, text + additions(mspId))
      builds[name] = { ...builds[name], [mspId]: file }
    }
  }
  return { builds, remove: () => rm(folder, { recursive: true }) }
}

function replaceOnce(text: string, place: string, instead: string): string {
  const parts = text.split(place)
  if (parts.length !== 2) throw new Error(`"${place}" stands ${parts.length - 1} times in the build, not once`)
  return parts.join(instead)
}
