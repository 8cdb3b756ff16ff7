import { fileURLToPath } from 'node:url'

/**
 * The folders that hold the pages: what is written by hand (HTML, CSS), then the scripts as compiled. A server serves
 * them as one, the first folder that has a file wins; `index.html` is the page at `/`.
 *
 * @example
 * ```ts
 * const gateway = await createGateway({ client, directory, pages, port: 8080 })
 * ```
 */
export const pages: readonly string[] = [
  fileURLToPath(new URL('../../pages', import.meta.url)),
  fileURLToPath(new URL('./page', import.meta.url)),
]
