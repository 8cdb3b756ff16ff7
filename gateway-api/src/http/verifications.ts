import { verify } from '@caizheng/evidence'
import { canonicalBytes } from '@caizheng/records'
import type { Request, Response } from 'express'
import { Problem } from '../problems/problem.js'
import { readJson } from './json-body.js'
import { readForm } from './multipart.js'
import { query } from './parameters.js'
import { evidenceOf } from './queries.js'
import type { Services } from './services.js'

const notice = {
  en: "This is the gateway's word, as good as your trust in it. Verify offline with a trust file whose fingerprint you confirmed.",
  zh: '以上为本网关的结论，可信程度取决于您对本网关的信任。请用核对过指纹的信任文件离线核验。',
}

interface Question {
  readonly digests: { readonly sha256: string; readonly sm3: string }
  readonly evidence?: Uint8Array
}

/**
 * POST /v1/verifications: verifies a document against its evidence and the gateway's trust file. Without evidence it is
 * taken from the nodes now. Whatever the files hold, the answer is a report; only a question that can't be asked is a problem.
 */
export async function postVerification(services: Services, request: Request, response: Response): Promise<void> {
  query(request, [])
  const { trust } = services
  if (trust === undefined) throw new Problem('TRUST_MISSING')
  const question = await readQuestion(services, request)
  const evidence = question.evidence ?? (await evidenceOf(services, question.digests.sha256))
  const report = verify(question.digests, evidence, trust.trust)
  response.json({
    outcome: report.outcome,
    ...(report.weaker === undefined ? {} : { weaker: report.weaker }),
    statement: report.statement,
    steps: report.steps,
    ...(report.fingerprint === undefined ? {} : { fingerprint: report.fingerprint }),
    evidence: question.evidence === undefined ? 'taken' : 'given',
    notice,
  })
}

async function readQuestion(services: Services, request: Request): Promise<Question> {
  const { limits } = services
  if (request.is('multipart/form-data')) {
    const parts = await readForm(request, {
      file: { as: 'digests', limit: limits.file },
      evidence: { as: 'bytes', limit: limits.evidence },
    })
    const digests = parts.get('file')?.digests
    if (digests === undefined) throw missing('/file', 'the part "file" is missing')
    const evidence = parts.get('evidence')?.bytes
    return { digests, ...(evidence === undefined ? {} : { evidence }) }
  }
  return questionOf(await readJson(request, limits.evidence))
}

function questionOf(body: unknown): Question {
  const { digests, evidence } = (body ?? {}) as {
    digests?: { sha256?: unknown; sm3?: unknown } | null
    evidence?: unknown
  }
  const [sha256, sm3] = [digests?.sha256, digests?.sm3]
  if (!isDigest(sha256) || !isDigest(sm3))
    throw missing('/digests', 'must have "sha256" and "sm3", 64 lower-case hex digits each')
  if (evidence === undefined) return { digests: { sha256, sm3 } }
  try {
    // An evidence file is canonical JSON, so the text that was sent follows from its value.
    return { digests: { sha256, sm3 }, evidence: canonicalBytes(evidence) }
  } catch (error) {
    throw missing('/evidence', error instanceof Error ? error.message : String(error))
  }
}

function isDigest(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)
}

function missing(pointer: string, detail: string): Problem {
  return new Problem('INVALID_DOCUMENT', { members: { errors: [{ pointer, detail }] } })
}
