import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { ESLint } from 'eslint'

interface Room {
  imports: string[]
  tests: string[]
}

const root = fileURLToPath(new URL('../../..', import.meta.url))
const { rooms } = (await import(new URL('../../../lint/rooms.js', import.meta.url).href)) as {
  rooms: Record<string, Room>
}

async function readJson<T>(...place: string[]): Promise<T> {
  return JSON.parse(await readFile(path.join(root, ...place), 'utf8')) as T
}

const own = (dependencies: Record<string, string> = {}): string[] =>
  Object.keys(dependencies)
    .filter((name) => name.startsWith('@caizheng/'))
    .map((name) => name.slice('@caizheng/'.length))

describe('the arrows between the rooms', () => {
  it('name every workspace', async () => {
    const { workspaces } = await readJson<{ workspaces: string[] }>('package.json')
    expect(Object.keys(rooms)).to.have.members(workspaces)
  })

  it('have no cycle', () => {
    const visit = (name: string, above: string[]): void => {
      expect(above, `${[...above, name].join(' -> ')}`).to.not.include(name)
      for (const next of rooms[name]?.imports ?? []) visit(next, [...above, name])
    }
    for (const name of Object.keys(rooms)) visit(name, [])
  })

  for (const [room, { imports, tests }] of Object.entries(rooms)) {
    it(`are the same in ${room}/package.json and ${room}/tsconfig.json`, async () => {
      const manifest = await readJson<{
        dependencies?: Record<string, string>
        devDependencies?: Record<string, string>
      }>(room, 'package.json')
      const { references } = await readJson<{ references: { path: string }[] }>(room, 'tsconfig.json')
      expect(own(manifest.dependencies)).to.have.members(imports)
      expect(own(manifest.devDependencies)).to.have.members(tests)
      expect(references.map((reference) => path.basename(reference.path))).to.have.members([...imports, ...tests])
    })
  }
})

describe('the lint rule of the arrows', () => {
  let eslint: ESLint

  before(() => {
    // The rule alone: what typed rules say of a file that does not exist is of no interest here.
    eslint = new ESLint({ cwd: root, ruleFilter: ({ ruleId }) => ruleId === 'rooms/arrows' })
  })

  async function complaints(file: string, code: string): Promise<string[]> {
    const [result] = await eslint.lintText(code, { filePath: path.join(root, file) })
    return (result?.messages ?? []).map(({ messageId, message }) => messageId ?? message)
  }

  const source = 'evidence/src/index.ts'
  const cases: [string, string, string, string[]][] = [
    ['lets an arrow pass', source, "import '@caizheng/records'", []],
    ['stops one that runs backwards', source, "import '@caizheng/client-sdk'", ['arrow']],
    ['sees types', source, "export type A = import('@caizheng/gateway-api').A", ['arrow']],
    ['sees import()', source, "void import('@caizheng/gateway-api')", ['arrow']],
    ['sees require()', 'chaincode/src/index.ts', "require('@caizheng/evidence')", ['arrow']],
    ["stops another's inside", source, "import '@caizheng/records/dist/src/index.js'", ['inside']],
    ["stops a path into another's folder", source, "export * from '../../records/src/index.js'", ['folder']],
    ["lets a folder of one's own with a room's name pass", 'client-sdk/src/index.ts', "import './evidence/x.js'", []],
  ]
  for (const [name, file, code, expected] of cases) {
    it(name, async () => {
      expect(await complaints(file, code)).to.deep.equal(expected)
    })
  }
})
