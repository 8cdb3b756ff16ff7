import { MAX_PAGE_SIZE, parseExceptionExplanation, parseExceptionPage, parseExplanation } from '@caizheng/records'
import type { ExceptionEntry, ExceptionExplanation, Explanation } from '@caizheng/records'
import type { Link } from '../connection/link.js'
import type { CallOptions } from '../transactions/call.js'
import { evaluate } from '../transactions/evaluate.js'

/** Asks why an application is as it is; see `Client.explain`. */
export async function explain(link: Link, applicationNo: string, options?: CallOptions): Promise<Explanation> {
  return parseExplanation(await ask(link, 'Explain', [applicationNo], options))
}

/** Asks why an entry stands on the list of exceptions; see `Client.explainException`. */
export async function explainException(link: Link, id: string, options?: CallOptions): Promise<ExceptionExplanation> {
  return parseExceptionExplanation(await ask(link, 'ExplainException', [id], options))
}

/** How a list is walked through. */
export interface ListOptions extends CallOptions {
  /** Entries that are asked for at once; 100 at most, and by default. */
  readonly pageSize?: number
}

/** Walks through a project's exceptions; see `Client.exceptions`. */
export async function* listExceptions(
  link: Link,
  projectCode: string,
  { pageSize = MAX_PAGE_SIZE, ...options }: ListOptions = {},
): AsyncGenerator<ExceptionEntry, void, void> {
  let bookmark = ''
  do {
    const answer = await ask(link, 'ListExceptions', [projectCode, String(pageSize), bookmark], options)
    const page = parseExceptionPage(answer)
    yield* page.exceptions
    bookmark = page.bookmark
  } while (bookmark !== '')
}

function ask(link: Link, name: string, given: readonly string[], options?: CallOptions): Promise<Uint8Array> {
  return evaluate(link, { chaincode: 'payment', function: `ExplainContract:${name}`, arguments: [...given] }, options)
}
