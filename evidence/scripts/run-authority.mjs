// A time-stamping authority (RFC 3161) by OpenSSL behind HTTP on 127.0.0.1, for trying and for tests: node evidence/scripts/run-authority.mjs,
// after a build. Prints one line of JSON, its address and the root that a trust file must pin; ends when its input does.
import { createServer } from 'node:http'
import process from 'node:process'
import { Buffer } from 'node:buffer'
import { TestTsa } from '../dist/test/support/tsa.js'

const tsa = new TestTsa()
const server = createServer((request, response) => {
  const chunks = []
  request.on('data', (chunk) => chunks.push(chunk))
  request.on('end', () => {
    if (request.headers['content-type'] !== 'application/timestamp-query') return response.writeHead(415).end()
    response.setHeader('content-type', 'application/timestamp-reply').end(tsa.answer(Buffer.concat(chunks)))
  })
})
server.listen(0, '127.0.0.1', () => {
  console.log(JSON.stringify({ url: `http://127.0.0.1:${server.address().port}/`, root: tsa.root }))
})
process.stdin.resume().on('end', () => {
  tsa.close()
  process.exit()
})
