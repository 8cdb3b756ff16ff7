import { readFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { verifyPage } from '@caizheng/portal'
import type { System } from './system.js'
import type { VerifiedSample } from './verified.js'

/** What to try next, in lines that can be pasted into a second terminal in the clone's folder. */
export function nextSteps(
  { gateway, trust, profiles, evidence: evidenceFolder }: System,
  verified: readonly VerifiedSample[],
): string {
  const sample = verified.find(({ sample: { name } }) => name.includes('contract')) ?? verified[0]
  const file = sample === undefined ? 'FILE' : shown(sample.sample.path)
  const evidence = sample === undefined ? 'EVIDENCE' : shown(sample.evidence)
  const finance = shown(profiles.get('FinanceMSP') ?? 'PROFILE')
  return `The evidence files of ${verified.length} documents, and the trust file, are in ${shown(evidenceFolder)}

Try next, in a second terminal in this folder:

  see the documents, newest first
    ${gateway.url}

  verify a document with no network: only the file, its evidence and the trust file
    npx caizheng verify ${file} --evidence ${evidence} --trust ${shown(trust.path)}

  the same on a page, offline too: choose the trust file, then the document and its evidence
    ${gateway.url}/verify.html
    or as a file, ${shown(verifyPage)}, whose SHA-256 is ${digestOf(verifyPage)}

  print a certificate of it (PDF)
    npx caizheng certificate ${file} --evidence ${evidence} --trust ${shown(trust.path)} --out ${shown(path.join(evidenceFolder, 'certificate.pdf'))}

  anchor a file of your own through the REST API (its bytes are hashed, not stored)
    curl -sS -F document='${particulars}' -F file=@README.md '${gateway.url}/v1/documents?wait=10'

  the same without the API, straight to the department's peer, with its evidence file beside it
    npx caizheng anchor LICENSE --profile ${finance} --project ${project} --type OTHER --number MY-2 --out ${shown(evidenceFolder)}

The trust file's fingerprint, to compare before trusting it: ${trust.fingerprint}
`
}

const project = '2303-331003-04-01-000001'
const particulars = JSON.stringify({
  project,
  type: 'OTHER',
  number: 'MY-1',
  issuer: '12331003000001011C',
  provenance: { sourceSystem: 'curl', generatedAt: '2026-01-31', generator: 'by hand' },
})

/** As published beside the page. */
function digestOf(page: string): string {
  return readFileSync(`${page}.sha256`, 'utf8').slice(0, 64)
}

/** As one types it: from the working folder where that is shorter. */
function shown(file: string): string {
  const relative = path.relative(process.cwd(), file)
  return relative.startsWith('..') ? file : relative
}
