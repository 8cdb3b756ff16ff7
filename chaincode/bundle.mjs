// Makes one file of each chaincode out of what tsc wrote. esbuild never sees the TypeScript: it emits no decorator
// metadata, and contract-api would then believe that the transactions take no parameters.
//
// Usage: node bundle.mjs [folder]
import { build } from 'esbuild'

const chaincodes = ['evidence', 'charter', 'payment']
const [outdir = 'dist'] = process.argv.slice(2)

await build({
  absWorkingDir: import.meta.dirname,
  entryPoints: Object.fromEntries(chaincodes.map((name) => [name, `dist/src/chaincodes/${name}.js`])),
  outdir,
  outExtension: { '.js': '.cjs' },
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  // The container or the host brings them, and contract-api must be the one instance that fabric-shim uses.
  external: ['fabric-contract-api', 'fabric-shim'],
  // contract-api reads parameter names from the functions' source and titles from the classes' names.
  minify: false,
  keepNames: true,
  legalComments: 'inline',
  logLevel: 'warning',
})
