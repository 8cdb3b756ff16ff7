import path from 'node:path'
import { rooms } from './rooms.js'

const root = path.dirname(import.meta.dirname)

/**
 * An ESLint rule: a room imports only what its line in `rooms.js` names, only by the package's name, and never reaches
 * into another room's folder. Unlike `no-restricted-imports` it resolves relative paths (`../evidence/` is fine in a
 * room that has a folder of that name) and sees `import()`, `import type` and `require()` too.
 */
export const arrows = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      arrow: 'The arrows of the design do not let {{room}} use {{target}} here: see lint/rooms.js.',
      inside: "Nobody imports another room's inside: use what {{target}} exports from its index.ts.",
      folder: "Nobody reaches into another room's folder: import @caizheng/<room>.",
    },
  },
  create(context) {
    const [room, part] = path.relative(root, context.filename).split(path.sep)
    const entry = rooms[room]
    if (entry === undefined) return {}
    // A room's tests may use its own front door, which its own code must not (it would import itself).
    const allowed = part === 'test' ? [room, ...entry.imports, ...entry.tests] : entry.imports

    function check(node, specifier) {
      if (typeof specifier !== 'string') return
      if (specifier.startsWith('@caizheng/')) {
        const [, target, ...inside] = specifier.split('/')
        if (!allowed.includes(target)) context.report({ node, messageId: 'arrow', data: { room, target } })
        else if (inside.length > 0) context.report({ node, messageId: 'inside', data: { target } })
      } else if (specifier.startsWith('.')) {
        const target = path.relative(path.join(root, room), path.resolve(path.dirname(context.filename), specifier))
        if (target.startsWith('..')) context.report({ node, messageId: 'folder' })
      }
    }
    return {
      ImportDeclaration: (node) => check(node, node.source.value),
      ExportAllDeclaration: (node) => check(node, node.source.value),
      ExportNamedDeclaration: (node) => check(node, node.source?.value),
      ImportExpression: (node) => check(node, node.source.value),
      TSImportType: (node) => check(node, (node.source ?? node.argument?.literal)?.value),
      TSExternalModuleReference: (node) => check(node, node.expression.value),
      'CallExpression[callee.name="require"]': (node) => check(node, node.arguments[0]?.value),
    }
  },
}
