import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** A folder that a server shows under a content security policy of its own. */
export interface PageFolder {
  readonly folder: string
  readonly contentSecurityPolicy: string
}

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/**
 * The verifying page, `verify.html`: one file that works offline, from a USB stick too. Its SHA-256 stands beside it in
 * `verify.html.sha256`. `bundle.mjs` makes both; before that there is no such file.
 */
export const verifyPage = at('../verify/verify.html')

/**
 * The folders that hold the pages: what is written by hand (HTML, CSS), the scripts as compiled, and the verifying page. A
 * server serves them as one, the first folder that has a file wins; `index.html` is the page at `/`.
 *
 * @example
 * ```ts
 * const gateway = await createGateway({ client, directory, pages, port: 8080 })
 * ```
 */
export const pages: readonly (string | PageFolder)[] = [at('../../pages'), at('./page'), ...verifyFolder()]

/** With the policy that the page carries itself, since its one script and its one style stand inside it. */
function verifyFolder(): PageFolder[] {
  if (!existsSync(verifyPage)) return []
  const own = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(readFileSync(verifyPage, 'utf8'))?.[1]
  if (own === undefined) throw new Error(`${verifyPage} has no policy: build it again`)
  return [{ folder: at('../verify'), contentSecurityPolicy: `${own}; frame-ancestors 'none'` }]
}
