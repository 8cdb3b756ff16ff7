// Writes the published JSON Schemas from the code: npm run schemas -w @caizheng/evidence, after a build.
import { writeFileSync } from 'node:fs'
import { URL } from 'node:url'
import { jsonSchemas } from '../dist/src/schema/schemas.js'

for (const [name, schema] of Object.entries(jsonSchemas())) {
  writeFileSync(new URL(`../schema/${name}.schema.json`, import.meta.url), `${JSON.stringify(schema, null, 2)}\n`)
}
