import { readFile, readdir } from 'node:fs/promises'
import { isBuiltin } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import ts from 'typescript'

interface Manifest {
  workspaces?: string[]
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
  overrides?: Record<string, string>
}

const root = fileURLToPath(new URL('../../..', import.meta.url))
const readManifest = async (...place: string[]): Promise<Manifest> =>
  JSON.parse(await readFile(path.join(root, ...place, 'package.json'), 'utf8')) as Manifest
const top = await readManifest()
const rooms = top.workspaces ?? []
const others = (dependencies: Record<string, string> = {}): string[] =>
  Object.keys(dependencies).filter((name) => !name.startsWith('@caizheng/'))

/** Packages that the sources below a folder import, in any of the ways there are, as the compiler sees them. */
async function imported(...place: string[]): Promise<Set<string>> {
  const folder = path.join(root, ...place)
  const files = await readdir(folder, { recursive: true }).catch(() => [])
  const names = new Set<string>()
  for (const file of files.filter((name) => /\.(ts|tsx|mjs|cjs)$/.test(name) && !name.includes('node_modules'))) {
    const text = await readFile(path.join(folder, file), 'utf8')
    for (const { fileName: specifier } of ts.preProcessFile(text, true, true).importedFiles) {
      if (/^($|[.#/])/.test(specifier)) continue
      const [first = '', second = ''] = specifier.split('/')
      if (!isBuiltin(specifier)) names.add(first.startsWith('@') ? `${first}/${second}` : first)
    }
  }
  return names
}

describe('dependencies', () => {
  it('have a reason each, and no reason is left of one that went', async () => {
    const page = await readFile(path.join(root, 'docs/dependencies.md'), 'utf8')
    const explained = page
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .flatMap((line) => [...(line.split('|')[1] ?? '').matchAll(/`(@?[a-z0-9-]+(?:\/[a-z0-9.-]+)?)`/g)])
      .flatMap(([, name]) => (name === undefined || name === 'overrides' ? [] : [name]))
    const manifests = [top, ...(await Promise.all(rooms.map((room) => readManifest(room))))]
    const used = manifests.flatMap(({ dependencies, devDependencies, overrides }) => [
      ...others(dependencies),
      ...others(devDependencies),
      ...Object.keys(overrides ?? {}),
    ])
    expect([...new Set(explained)].sort()).to.deep.equal([...new Set(used)].sort())
  })

  for (const room of rooms) {
    it(`of ${room} are what it imports`, async () => {
      const manifest = await readManifest(room)
      const declared = others(manifest.dependencies)
      const forTests = [...others(manifest.devDependencies), ...others(top.devDependencies)]
      // programs/: what a room starts in processes of their own
      const imports = [...(await imported(room, 'src')), ...(await imported(room, 'programs'))]
      const inSource = [...new Set(imports)].filter((name) => !name.startsWith('@caizheng/'))
      const inTests = [...(await imported(room, 'test'))].filter((name) => !name.startsWith('@caizheng/'))

      const undeclared = inSource.filter((name) => !declared.includes(name))
      const unused = declared.filter((name) => !inSource.includes(name))
      const undeclaredInTests = inTests.filter((name) => !declared.includes(name) && !forTests.includes(name))
      expect({ undeclared, unused, undeclaredInTests }).to.deep.equal({
        undeclared: [],
        unused: [],
        undeclaredInTests: [],
      })
    })
  }
})
