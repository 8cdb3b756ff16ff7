// Makes vectors/sm2-cosignature.json with OpenSSL's command line: the bytes that a co-signer signs, and signatures over them.
//
// Usage: node scripts/write-cosignature-vectors.mjs, after a build
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Buffer } from 'node:buffer'
import { cosignatureBytes } from '../dist/src/index.js'
import { CHANNEL } from '../dist/test/support/network.js'
import { anchorOf, batchOf, DOCUMENT } from '../dist/test/support/records.js'

const folder = mkdtempSync(path.join(tmpdir(), 'sm2-'))
const at = (name) => path.join(folder, name)
const openssl = (...args) => execFileSync('openssl', args)
openssl('genpkey', '-algorithm', 'SM2', '-out', at('key.pem'))
const key = openssl('pkey', '-in', at('key.pem'), '-pubout', '-outform', 'DER').toString('base64')

const place = { block: 5, transaction: 1 }
const vectors = [anchorOf(DOCUMENT), batchOf(5).record].map((record) => {
  const message = cosignatureBytes({ channel: CHANNEL, place, record })
  writeFileSync(at('message'), message)
  const options = ['-rawin', '-digest', 'sm3', '-pkeyopt', 'distid:1234567812345678']
  openssl('pkeyutl', '-sign', '-inkey', at('key.pem'), ...options, '-in', at('message'), '-out', at('signature'))
  const signature = readFileSync(at('signature')).toString('base64')
  return { channel: CHANNEL, place, record, message: Buffer.from(message).toString('utf8'), signature }
})
const madeBy = openssl('version').toString().trim()
const file = path.join(import.meta.dirname, '../vectors/sm2-cosignature.json')
writeFileSync(file, `${JSON.stringify({ madeBy, userId: '1234567812345678', key, vectors }, undefined, 2)}\n`)
rmSync(folder, { recursive: true })
