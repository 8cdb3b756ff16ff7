/** SM3 (GB/T 32905-2016) over bytes that come in pieces, for where there is no OpenSSL. */
export class Sm3 {
  readonly #state = Int32Array.of(
    ...[0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600],
    ...[0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e],
  )
  readonly #words = new Int32Array(68)
  readonly #block = new Uint8Array(64)
  readonly #view = new DataView(this.#block.buffer)
  #filled = 0
  #length = 0

  update(bytes: Uint8Array): this {
    this.#length += bytes.length
    let at = 0
    if (this.#filled > 0) {
      at = Math.min(64 - this.#filled, bytes.length)
      this.#block.set(bytes.subarray(0, at), this.#filled)
      this.#filled += at
      if (this.#filled < 64) return this
      this.#compress(this.#view, 0)
      this.#filled = 0
    }
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    for (; at + 64 <= bytes.length; at += 64) this.#compress(view, at)
    this.#block.set(bytes.subarray(at))
    this.#filled = bytes.length - at
    return this
  }

  /** The digest of all that was given; nothing may be given after it. */
  digest(): Uint8Array {
    const bits = this.#length * 8
    const ending = new Uint8Array((this.#filled < 56 ? 64 : 128) - this.#filled)
    ending[0] = 0x80
    const view = new DataView(ending.buffer)
    view.setUint32(ending.length - 8, Math.floor(bits / 2 ** 32))
    view.setUint32(ending.length - 4, bits >>> 0)
    this.update(ending)
    const digest = new DataView(new ArrayBuffer(32))
    this.#state.forEach((word, index) => digest.setInt32(index * 4, word))
    return new Uint8Array(digest.buffer)
  }

  // Signed words throughout: engines keep those as machine integers.
  #compress(view: DataView, at: number): void {
    const w = this.#words
    for (let j = 0; j < 16; j++) w[j] = view.getInt32(at + j * 4)
    for (let j = 16; j < 68; j++) {
      const x = w[j - 16]! ^ w[j - 9]! ^ rotate(w[j - 3]!, 15)
      w[j] = x ^ rotate(x, 15) ^ rotate(x, 23) ^ rotate(w[j - 13]!, 7) ^ w[j - 6]!
    }
    const state = this.#state
    let a = state[0]!
    let b = state[1]!
    let c = state[2]!
    let d = state[3]!
    let e = state[4]!
    let f = state[5]!
    let g = state[6]!
    let h = state[7]!
    for (let j = 0; j < 64; j++) {
      const a12 = rotate(a, 12)
      const ss1 = rotate((a12 + e + constants[j]!) | 0, 7)
      const ff = j < 16 ? a ^ b ^ c : (a & b) | (a & c) | (b & c)
      const gg = j < 16 ? e ^ f ^ g : (e & f) | (~e & g)
      const tt1 = (ff + d + (ss1 ^ a12) + (w[j]! ^ w[j + 4]!)) | 0
      const tt2 = (gg + h + ss1 + w[j]!) | 0
      d = c
      c = rotate(b, 9)
      b = a
      a = tt1
      h = g
      g = rotate(f, 19)
      f = e
      e = tt2 ^ rotate(tt2, 9) ^ rotate(tt2, 17)
    }
    state[0]! ^= a
    state[1]! ^= b
    state[2]! ^= c
    state[3]! ^= d
    state[4]! ^= e
    state[5]! ^= f
    state[6]! ^= g
    state[7]! ^= h
  }
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits))
}

/** The round constants, each rotated as its round has it. */
const constants = Int32Array.from({ length: 64 }, (_, j) => rotate(j < 16 ? 0x79cc4519 : 0x7a879d8a, j % 32))
