import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { quietly } from './child.mjs'
import { root } from './paths.mjs'

const { workspaces } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))

/**
 * Compiles what changed, then makes the bundles (a room that ships one has a `bundle.mjs`).
 *
 * There is no stamp of ours: `tsc -b` knows by itself what is up to date, and says so in a fraction of a second.
 */
export async function build() {
  await quietly(process.execPath, ['node_modules/typescript/bin/tsc', '-b'], {
    label: 'building',
    advice: 'The TypeScript above does not compile.',
  })
  for (const room of workspaces) {
    const bundler = `${room}/bundle.mjs`
    if (!existsSync(path.join(root, bundler))) continue
    await quietly(process.execPath, [bundler], { label: `bundling ${room}`, advice: `${bundler} failed.` })
  }
}
