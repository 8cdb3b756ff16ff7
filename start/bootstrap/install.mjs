import { readFileSync } from 'node:fs'
import path from 'node:path'
import { npm } from './child.mjs'
import { root } from './paths.mjs'

/**
 * Runs `npm ci` unless `node_modules` already holds exactly what `package-lock.json` names.
 *
 * npm itself notes at the end of each install what it put there (`node_modules/.package-lock.json`), so that an
 * install which was interrupted counts as none, and one that somebody made by hand counts.
 */
export async function install() {
  const wanted = packagesOf('package-lock.json')
  if (isInstalled(wanted, packagesOf('node_modules/.package-lock.json'))) return
  await npm(['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund'], {
    label: `installing ${Object.keys(wanted).length} packages`,
    advice: 'npm could not install the packages; is the network there?',
  })
}

/** @returns {Record<string, { version?: string, optional?: boolean, link?: boolean }>} by folder; empty if there is no such file */
function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(path.join(root, file), 'utf8')).packages
  } catch {
    return {}
  }
}

function isInstalled(wanted, present) {
  return Object.entries(wanted).every(([folder, { version, optional }]) => {
    if (!folder.includes('node_modules/')) return true
    const found = present[folder]
    // An optional package may be for another platform, and then npm leaves it out.
    return found === undefined ? optional === true : found.version === version
  })
}
