// Makes fonts/NotoSansSC-Regular.ttf.br, the certificate's font: Noto Sans SC with all its Chinese characters, the rare ones of names
// too, and Latin; without what a certificate never prints. Run once, in a folder where these were installed for it:
//   npm install --no-save @expo-google-fonts/noto-sans-sc@0.4.3 subset-font@2.9.0
//   node client-sdk/scripts/make-font.mjs
import { Buffer } from 'node:buffer'
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import process from 'node:process'
import { pathToFileURL } from 'node:url'
import { brotliCompressSync, constants } from 'node:zlib'

const require = createRequire(pathToFileURL(path.join(process.cwd(), 'x.js')))
const { default: subsetFont } = await import(pathToFileURL(require.resolve('subset-font')).href)
const source = require.resolve('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf')

const ranges = [
  [0x20, 0x7e],
  [0xa0, 0x17f],
  [0x2010, 0x2040],
  [0x2100, 0x2199],
  [0x2200, 0x22ff],
  [0x2460, 0x24ff],
  [0x25a0, 0x25ff],
  [0x3000, 0x303f],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xff00, 0xffef],
  [0x20000, 0x2ffff],
]
let characters = ''
for (const [from, to] of ranges) for (let code = from; code <= to; code++) characters += String.fromCodePoint(code)

const subset = await subsetFont(readFileSync(source), characters, { targetFormat: 'truetype', noLayoutClosure: true })
const font = rebuild(subset)
const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 }
const packed = brotliCompressSync(font, { params })
writeFileSync(path.join(import.meta.dirname, '../fonts/NotoSansSC-Regular.ttf.br'), packed)
console.log(`${font.length} bytes, ${packed.length} compressed`)

/**
 * The same font with what a PDF needs and no more, and each glyph padded to four bytes: fontkit copies glyphs as they lie, and
 * its subsets count their places in units of two.
 */
function rebuild(sfnt) {
  const tables = new Map()
  for (let at = 12; at < 12 + sfnt.readUInt16BE(4) * 16; at += 16) {
    const offset = sfnt.readUInt32BE(at + 8)
    tables.set(sfnt.toString('latin1', at, at + 4), sfnt.subarray(offset, offset + sfnt.readUInt32BE(at + 12)))
  }
  if (tables.get('head').readInt16BE(50) !== 1) throw new Error('expected long offsets')
  const loca = Buffer.from(tables.get('loca'))
  const glyphs = []
  let length = 0
  for (let at = 0; at + 4 < loca.length; at += 4) {
    const glyph = padded(tables.get('glyf').subarray(loca.readUInt32BE(at), tables.get('loca').readUInt32BE(at + 4)))
    loca.writeUInt32BE(length, at)
    glyphs.push(glyph)
    length += glyph.length
  }
  loca.writeUInt32BE(length, loca.length - 4)
  tables.set('loca', loca).set('glyf', Buffer.concat(glyphs))
  const kept = ['OS/2', 'cmap', 'cvt ', 'fpgm', 'glyf', 'head', 'hhea', 'hmtx', 'loca', 'maxp', 'name', 'post', 'prep']
  const names = kept.filter((name) => tables.has(name))
  const directory = Buffer.alloc(12 + names.length * 16)
  directory.writeUInt32BE(0x00010000, 0)
  directory.writeUInt16BE(names.length, 4)
  const power = 2 ** Math.floor(Math.log2(names.length))
  directory.writeUInt16BE(power * 16, 6)
  directory.writeUInt16BE(Math.log2(power), 8)
  directory.writeUInt16BE((names.length - power) * 16, 10)
  const parts = [directory]
  let place = directory.length
  names.forEach((name, index) => {
    const bytes = padded(tables.get(name))
    const at = 12 + index * 16
    directory.write(name, at, 'latin1')
    directory.writeUInt32BE(checksum(bytes), at + 4)
    directory.writeUInt32BE(place, at + 8)
    directory.writeUInt32BE(tables.get(name).length, at + 12)
    parts.push(bytes)
    place += bytes.length
  })
  return Buffer.concat(parts)
}

function padded(bytes) {
  return Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)])
}

function checksum(bytes) {
  let sum = 0
  for (let at = 0; at < bytes.length; at += 4) sum = (sum + bytes.readUInt32BE(at)) >>> 0
  return sum
}
