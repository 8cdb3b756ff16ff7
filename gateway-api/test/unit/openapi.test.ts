import { expect } from 'chai'
import { routes } from '../../src/http/routes.js'
import { openApi } from '../../src/openapi/description.js'
import { problemCodes } from '../../src/problems/codes.js'
import { problemTexts } from '../../src/problems/texts.js'

interface Operation {
  operationId: string
  security?: unknown[]
  parameters?: { in: string; name: string }[]
  requestBody?: { content: Record<string, unknown> }
  responses: Record<string, { description: string; content: Record<string, unknown> }>
}

const description = openApi() as {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, unknown> }
}

describe('openapi.json', () => {
  const operations = Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )

  it('describes exactly the routes there are', () => {
    const described = operations.map(({ path, method }) => `${method} ${path}`).sort()
    expect(described).to.deep.equal(routes.map(({ method, path }) => `${method} ${path}`).sort())
  })

  it('agrees with each route about bodies, answers, tokens and path parameters', () => {
    for (const { path, method, operation } of operations) {
      const route = routes.find((one) => one.path === path && one.method === method)
      expect(Object.keys(operation.requestBody?.content ?? {}), path).to.deep.equal([...(route?.consumes ?? [])])
      const success = Object.entries(operation.responses).filter(([status]) => status.startsWith('2'))
      for (const [, { content }] of success) expect(Object.keys(content), path).to.deep.equal([route?.produces])
      expect(operation.security !== undefined, path).to.equal(route?.open === true)
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      const inPath = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path').map(({ name }) => name)
      expect(inPath, path).to.deep.equal(named)
    }
  })

  it('has every schema that it refers to, and refers to every one it has', () => {
    const names = new Set(
      [...JSON.stringify(description).matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, name]) => name),
    )
    expect([...names].sort()).to.deep.equal(Object.keys(description.components.schemas).sort())
  })

  it('has operation ids that differ', () => {
    const ids = operations.map(({ operation }) => operation.operationId)
    expect(new Set(ids).size).to.equal(ids.length)
  })

  it('names every problem code at some operation, under its own status', () => {
    const described = new Map<string, string>()
    for (const { operation } of operations) {
      for (const [status, { description: text, content }] of Object.entries(operation.responses)) {
        if ('application/problem+json' in content) for (const code of text.split(', ')) described.set(code, status)
      }
    }
    const anywhere = ['NOT_FOUND', 'METHOD_NOT_ALLOWED']
    for (const [code, status] of Object.entries(problemCodes)) {
      if (!anywhere.includes(code)) expect(described.get(code), code).to.equal(String(status))
    }
  })
})

describe('texts of problems', () => {
  it('fill in the same values in both languages', () => {
    const places = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()
    for (const [code, { en, zh }] of Object.entries(problemTexts)) {
      expect(places(zh.detail), code).to.deep.equal(places(en.detail))
    }
  })
})
