// The first thing that runs on a fresh clone: only Node is there, and it may be too old. This file therefore keeps to
// syntax that old versions parse, says what is wrong in one line, and leaves the rest to modules it loads afterwards.
import process from 'process'

const [major, minor] = process.versions.node.split('.').map(Number)
// Older ones cannot load an ES module with require(), which the chaincode needs.
const supported = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22

if (!supported) {
  console.error(
    'Node ' +
      process.versions.node +
      ' is too old for Caizheng: install Node 24 (or 22.12, or 20.19, or newer in their lines) from https://nodejs.org and run this again.',
  )
  process.exitCode = 1
} else {
  import('./bootstrap/main.mjs').then(({ main }) => main(process.argv.slice(2)))
}
