import another from 'canonicalize'
import { expect } from 'chai'
import fc from 'fast-check'
import { canonicalBytes, CanonicalError, canonicalize, MAX_DEPTH, parseCanonical } from '../src/index.js'

// The package is CommonJS and is the function itself; its type declarations say otherwise.
const canonicalizeByAnother = another as unknown as (value: unknown) => string

// What records are made of: JSON values without fractions, unsafe integers, negative zero and the key __proto__.
const { value: canonicalValue } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger().map((number) => number + 0),
    fc.string({ unit: 'binary' }),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(
      fc.string({ unit: 'binary' }).filter((key) => key !== '__proto__'),
      tie('value'),
      { maxKeys: 5 },
    ),
  ),
}))

function refusal(action: () => unknown): { code: string; at: string } {
  try {
    action()
  } catch (error) {
    if (error instanceof CanonicalError) return { code: error.code, at: error.at }
    throw error
  }
  throw new Error('nothing was refused')
}

describe('canonical JSON', () => {
  it('sorts keys by UTF-16 code units and escapes as RFC 8785 does', () => {
    // The order of RFC 8785, section 3.2.3, where a surrogate pair comes before U+FB33.
    const value = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 }
    expect(canonicalize(value)).to.equal('{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\ud83d\ude00":5,"\ufb33":3}')
    expect(canonicalize('\u0000\b\t\n\f\r"\\/\u001f\u007f\u2028')).to.equal(
      '"\\u0000\\b\\t\\n\\f\\r\\"\\\\/\\u001f\u007f\u2028"',
    )
  })

  it('agrees with another implementation of RFC 8785', () => {
    fc.assert(
      fc.property(canonicalValue, (value) => {
        expect(canonicalize(value)).to.equal(canonicalizeByAnother(value))
      }),
    )
  })

  it('reads back what it wrote, from text and from bytes', () => {
    fc.assert(
      fc.property(canonicalValue, (value) => {
        const text = canonicalize(value)
        expect(canonicalize(parseCanonical(text))).to.equal(text)
        expect(canonicalize(parseCanonical(canonicalBytes(value)))).to.equal(text)
      }),
    )
  })

  it('refuses what has no canonical form, and says where', () => {
    const refused: [unknown, string][] = [
      [undefined, ''],
      [{ a: undefined }, '/a'],
      [[1, 0.5], '/1'],
      [{ 'a/b~c': -0 }, '/a~1b~0c'],
      [Number.NaN, ''],
      [2 ** 53, ''],
      [10n, ''],
      [() => 0, ''],
      [{ a: [new Date(0)] }, '/a/0'],
      [new Map(), ''],
      [new Uint8Array(1), ''],
      [{ [Symbol('s')]: 1 }, ''],
      // A hole is what is to be refused here.
      // eslint-disable-next-line no-sparse-arrays
      [[1, , 2], '/1'],
      [JSON.parse('{"__proto__":1}'), '/__proto__'],
      [{ toJSON: () => 1 }, '/toJSON'],
    ]
    for (const [value, at] of refused) {
      expect(
        refusal(() => canonicalize(value)),
        String(at),
      ).to.deep.equal({ code: 'VALUE_REFUSED', at })
    }
    expect(refusal(() => canonicalize(['\ud800']))).to.deep.equal({ code: 'STRING_REFUSED', at: '/0' })
    expect(refusal(() => canonicalize({ '\udc00': 1 })).code).to.equal('STRING_REFUSED')
  })

  it('refuses nesting beyond its depth, however deep', () => {
    const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth)
    expect(canonicalize(parseCanonical(nested(MAX_DEPTH)))).to.equal(nested(MAX_DEPTH))
    expect(refusal(() => parseCanonical(nested(MAX_DEPTH + 1))).code).to.equal('TOO_DEEP')
    expect(refusal(() => parseCanonical(nested(100_000))).code).to.equal('TOO_DEEP')
  })

  it('refuses every text but the canonical one', () => {
    const other = [
      ' {"a":1}',
      '{"a":1} ',
      '{"a": 1}',
      '{"b":1,"a":2}',
      '{"a":1,"a":1}',
      '{"a":1,"a":2}',
      '{"\\u0061":1}',
      '1.0',
      '1e2',
      '-0',
      '"\\/"',
      '"\\u00e9"',
      '9007199254740993',
    ]
    for (const text of other) expect(() => parseCanonical(text), text).to.throw(CanonicalError)
    for (const text of ['', 'nul', '{"a":1', "{'a':1}", '\ufeff{}']) {
      expect(refusal(() => parseCanonical(text)).code, text).to.equal('NOT_JSON')
    }
  })

  it('takes the texts that writing again gives, and no others', () => {
    const taken = (text: string): boolean => {
      try {
        return canonicalize(JSON.parse(text)) === text
      } catch {
        return false
      }
    }
    // As other serialisers write: keys in any order, fractions, lone surrogates, __proto__, what only looks like an escape.
    const key = fc.oneof(fc.string({ maxLength: 3 }), fc.constantFrom('__proto__', '1', '10', '\\ud800', 'é', 'z', 'a'))
    const { anything } = fc.letrec((tie) => ({
      anything: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom(null, true, 0, -1, 0.5, 2 ** 53, '\ud800', '\\udc00', '元', '\u0001'),
        fc.array(tie('anything'), { maxLength: 3 }),
        fc.array(fc.tuple(key, tie('anything')), { maxLength: 3 }).map((entries) => Object.fromEntries(entries)),
      ),
    }))
    fc.assert(
      fc.property(anything, (value) => {
        const text = JSON.stringify(value)
        if (taken(text)) expect(canonicalize(parseCanonical(text))).to.equal(text)
        else expect(() => parseCanonical(text), text).to.throw(CanonicalError)
      }),
      { numRuns: 2000 },
    )
  })

  it('refuses bytes that are not UTF-8 or begin with a byte order mark', () => {
    for (const bytes of [
      [0x22, 0xff, 0x22],
      [0x22, 0xc0, 0x80, 0x22],
      [0xef, 0xbb, 0xbf, 0x31],
      [0x22, 0xed, 0xa0, 0x80, 0x22],
    ]) {
      expect(refusal(() => parseCanonical(Uint8Array.from(bytes))).code).to.equal('NOT_JSON')
    }
  })
})
