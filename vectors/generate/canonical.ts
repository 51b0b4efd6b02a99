// Vectors of canonical JSON: what is accepted, what is refused with which code, and what a value is written as.

import type { VectorBytes } from '../../packages/record/test-support/record-vectors.ts'

const limits = { bytesMax: 200, depthMax: 8 }

/** [name, bytes, `accepted` or the code of the refusal] */
type ParseCase = [string, VectorBytes, string]
const parley: ParseCase[] = [
  ['an empty object', { text: '{}' }, 'accepted'],
  ['an empty array', { text: '[]' }, 'accepted'],
  ['a text alone', { text: '"x"' }, 'accepted'],
  ['true alone', { text: 'true' }, 'accepted'],
  ['zero', { text: '0' }, 'accepted'],
  ['the greatest integer', { text: '9007199254740991' }, 'accepted'],
  ['the least integer', { text: '-9007199254740991' }, 'accepted'],
  ['keys in order', { text: '{"a":1,"b":[true,false],"c":{"d":"e"}}' }, 'accepted'],
  ['keys that look like numbers, ordered as text', { text: '{"10":1,"9":2}' }, 'accepted'],
  ['keys ordered by UTF-16 and not by code point', { text: '{"€":1,"\u{1f600}":2,"\ufb33":3}' }, 'accepted'],
  ['control characters escaped the short way', { text: '"\\b\\t\\n\\f\\r\\"\\\\\\u0000\\u001f"' }, 'accepted'],
  ['a delete character and line separators as they are', { text: '"\u007f\u2028\u2029"' }, 'accepted'],
  ['a byte order mark inside a text', { text: '"\ufeff"' }, 'accepted'],
  ['text that is not normalised', { text: '"e\u0301"' }, 'accepted'],
  ['depth 8', { text: '[[[[[[[[]]]]]]]]' }, 'accepted'],
  ['brackets in a text are no depth', { text: '{"a":"[[[[[[[[[[[[\\"[[["}' }, 'accepted'],
  ['a key named constructor', { text: '{"constructor":1,"toString":2}' }, 'accepted'],
  ['exactly the limit of bytes', { text: `"${'x'.repeat(198)}"` }, 'accepted'],
  ['nothing', { text: '' }, 'json.malformed'],
  ['a space before', { text: ' {}' }, 'json.not-canonical'],
  ['a line feed after', { text: '{}\n' }, 'json.not-canonical'],
  ['a space within', { text: '{"a": 1}' }, 'json.not-canonical'],
  ['keys out of order', { text: '{"b":1,"a":2}' }, 'json.not-canonical'],
  ['keys ordered as numbers', { text: '{"9":2,"10":1}' }, 'json.not-canonical'],
  ['keys ordered by code point', { text: '{"\ufb33":3,"\u{1f600}":2}' }, 'json.not-canonical'],
  ['a key twice', { text: '{"a":1,"a":1}' }, 'json.not-canonical'],
  ['a key twice, once escaped', { text: '{"a":1,"\\u0061":2}' }, 'json.not-canonical'],
  ['an escape that is not needed', { text: '"\\u0041"' }, 'json.not-canonical'],
  ['an escaped solidus', { text: '"\\/"' }, 'json.not-canonical'],
  ['a long escape where a short one exists', { text: '"\\u000a"' }, 'json.not-canonical'],
  ['an escape in upper case', { text: '"\\u001F"' }, 'json.not-canonical'],
  ['a surrogate pair, escaped', { text: '"\\ud83d\\ude00"' }, 'json.not-canonical'],
  ['an integer with a fraction of zero', { text: '1.0' }, 'json.not-canonical'],
  ['an integer with an exponent', { text: '1e2' }, 'json.not-canonical'],
  ['negative zero', { text: '-0' }, 'json.not-canonical'],
  ['a fraction', { text: '1.5' }, 'json.malformed'],
  ['an integer beyond the greatest', { text: '9007199254740992' }, 'json.malformed'],
  ['an integer beyond the least', { text: '-9007199254740992' }, 'json.malformed'],
  ['a number beyond all', { text: '1e400' }, 'json.malformed'],
  ['a leading zero', { text: '01' }, 'json.malformed'],
  ['null', { text: 'null' }, 'json.malformed'],
  ['null in an object', { text: '{"a":null}' }, 'json.malformed'],
  ['NaN', { text: 'NaN' }, 'json.malformed'],
  ['the first half of a surrogate pair', { text: '"\\ud83d"' }, 'json.malformed'],
  ['the second half of a surrogate pair', { text: '"\\ude00"' }, 'json.malformed'],
  ['half of a surrogate pair in a key', { text: '{"\\ud83d":1}' }, 'json.malformed'],
  ['a surrogate in UTF-8', { hex: '22eda0bd22' }, 'bytes.utf8'],
  ['a byte that is not UTF-8', { hex: '22ff22' }, 'bytes.utf8'],
  ['an overlong form', { hex: '22c08022' }, 'bytes.utf8'],
  ['UTF-8 that ends early', { hex: '22e282' }, 'bytes.utf8'],
  ['a byte order mark before', { text: '\ufeff{}' }, 'json.malformed'],
  ['a raw control character', { text: '"\u0001"' }, 'json.malformed'],
  ['a trailing comma', { text: '[1,]' }, 'json.malformed'],
  ['a comment', { text: '{}//' }, 'json.malformed'],
  ['two values', { text: '{}{}' }, 'json.malformed'],
  ['an object that does not end', { text: '{"a":1' }, 'json.malformed'],
  ['the key __proto__', { text: '{"__proto__":{"polluted":true}}' }, 'json.malformed'],
  ['the key __proto__, deeper', { text: '{"a":[{"__proto__":1}]}' }, 'json.malformed'],
  ['depth 9', { text: '[[[[[[[[[]]]]]]]]]' }, 'json.limit'],
  ['depth 9 that does not end', { text: '{"a":[[[[[[[[' }, 'json.limit'],
  ['one byte beyond the limit', { text: `"${'x'.repeat(199)}"` }, 'json.limit'],
]

const rfc8785: ParseCase[] = [
  ['null', { text: '[null]' }, 'accepted'],
  ['a fraction', { text: '1.5' }, 'accepted'],
  ['the greatest number', { text: '1.7976931348623157e+308' }, 'accepted'],
  ['the least number', { text: '5e-324' }, 'accepted'],
  ['the last integer written out', { text: '100000000000000000000' }, 'accepted'],
  ['the first integer with an exponent', { text: '1e+21' }, 'accepted'],
  ['the last fraction written out', { text: '0.000001' }, 'accepted'],
  ['the first fraction with an exponent', { text: '1e-7' }, 'accepted'],
  ['an exponent without its sign', { text: '1e21' }, 'json.not-canonical'],
  ['more digits than the number has', { text: '0.10000000000000001' }, 'json.not-canonical'],
  ['a number beyond all', { text: '1e400' }, 'json.malformed'],
  ['half of a surrogate pair', { text: '"\\udead"' }, 'json.malformed'],
  ['the key __proto__', { text: '{"__proto__":1}' }, 'json.malformed'],
]

const written: [string, string, string][] = [
  ['keys are ordered', '{ "b": 2, "a": { "z": [], "y": {} } }', '{"a":{"y":{},"z":[]},"b":2}'],
  ['keys are ordered by UTF-16', '{"\\ufb33":1,"\\ud83d\\ude00":2,"\\u20ac":3}', '{"€":3,"\u{1f600}":2,"\ufb33":1}'],
  ['keys that look like numbers are text', '{"9":2,"10":1,"a":3}', '{"10":1,"9":2,"a":3}'],
  ['escapes are the shortest', '"\\u0041\\/\\u000A\\u001F\\u00e9"', '"A/\\n\\u001fé"'],
  ['integers are plain', '[1.0, 1e2, -0, 0.0]', '[1,100,0,0]'],
]

export function canonicalVectors(): object {
  return {
    about: 'Canonical JSON: docs/spec/entry.md, section 1. Limits: at most 200 bytes, depth 8.',
    limits,
    parse: [
      ...parley.map(([name, bytes, expect]) => ({ name, profile: 'parley', ...bytes, expect })),
      ...rfc8785.map(([name, bytes, expect]) => ({ name, profile: 'rfc8785', ...bytes, expect })),
    ],
    format: written.map(([name, json, canonical]) => ({ name, json, canonical })),
  }
}
