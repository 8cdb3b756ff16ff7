// Makes the verifying page: one HTML file that holds everything, to be opened from anywhere without a network.
//
// Usage: node bundle.mjs [folder], after tsc
import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'

const limit = 150_000
const [outdir = path.join(import.meta.dirname, 'dist/verify')] = process.argv.slice(2)

const { output } = await build({
  configFile: false,
  root: path.join(import.meta.dirname, 'verify'),
  logLevel: 'warn',
  // Older browsers that offices still have; the verifier needs BigInt, which came with these.
  build: {
    write: false,
    target: ['chrome87', 'edge88', 'firefox78', 'safari14'],
    modulePreload: false,
    rolldownOptions: { input: path.join(import.meta.dirname, 'verify/verify.html') },
  },
})

const text = (suffix) => {
  const found = output.filter(({ fileName }) => fileName.endsWith(suffix))
  if (found.length !== 1) throw new Error(`the page should have one ${suffix} file, not ${found.length}`)
  return String(found[0].code ?? found[0].source)
}
const script = text('.js').trim().replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--')
const style = text('.css').trim()
const hash = (part) => `'sha256-${createHash('sha256').update(part).digest('base64')}'`

// Everything is forbidden but this one script and this one style, each by its hash; connections of any kind are too.
const policy = [
  "default-src 'none'",
  `script-src ${hash(script)}`,
  `style-src ${hash(style)}`,
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

const page = text('.html')
  .replace(/\s*<script type="module"[^>]*><\/script>/, '')
  .replace(/\s*<link rel="stylesheet"[^>]*>/, '')
  .replace(
    /<meta charset="utf-8"\s*\/?>/,
    (charset) => `${charset}\n    <meta http-equiv="Content-Security-Policy" content="${policy}" />`,
  )
  // Functions, since the script may hold what `replace` would read as a pattern.
  .replace('</head>', () => `  <style>${style}</style>\n  </head>`)
  .replace('</body>', () => `  <script type="module">${script}</script>\n  </body>`)

const compressed = gzipSync(page, { level: 9 }).length
if (compressed > limit) throw new Error(`verify.html is ${compressed} bytes gzipped: more than ${limit}`)

const sha256 = createHash('sha256').update(page).digest('hex')
mkdirSync(outdir, { recursive: true })
writeFileSync(path.join(outdir, 'verify.html'), page)
writeFileSync(path.join(outdir, 'verify.html.sha256'), `${sha256}  verify.html\n`)
console.log(`verify.html: ${Math.round(compressed / 1000)} kB gzipped, sha256 ${sha256}`)
