// Makes test/fixtures/sm2/openssl.json with OpenSSL's command line: signatures by another program.
//
// Usage: node scripts/write-sm2-vectors.mjs
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

const folder = mkdtempSync(path.join(tmpdir(), 'sm2-'))
const at = (name) => path.join(folder, name)
const openssl = (...args) => execFileSync('openssl', args)

const messages = ['', 'abc', '黄岩区财政局', 'x'.repeat(1000)]
const vectors = messages.map((message) => {
  openssl('genpkey', '-algorithm', 'SM2', '-out', at('key.pem'))
  writeFileSync(at('message'), message)
  const options = ['-rawin', '-digest', 'sm3', '-pkeyopt', 'distid:1234567812345678']
  openssl('pkeyutl', '-sign', '-inkey', at('key.pem'), ...options, '-in', at('message'), '-out', at('signature'))
  return {
    message,
    publicKey: openssl('pkey', '-in', at('key.pem'), '-pubout', '-outform', 'DER').toString('hex'),
    signature: readFileSync(at('signature')).toString('hex'),
  }
})
const madeBy = openssl('version').toString().trim()
const file = path.join(import.meta.dirname, '../test/fixtures/sm2/openssl.json')
writeFileSync(file, `${JSON.stringify({ madeBy, userId: '1234567812345678', vectors }, undefined, 2)}\n`)
rmSync(folder, { recursive: true })
