import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { flippedByte, refusalOf, refusalOfAsync } from '../test-support/refusal.ts'
import { formatUtf8 } from './bytes.ts'
import { openCheckpoint, signCheckpoint } from './checkpoint.ts'
import { cosign } from './cosignature.ts'
import { createSigner, nodeCrypto } from './node/crypto.ts'
import { appendSignatureLines } from './note.ts'
import { parsePolicy, trustPolicyBytesMax } from './policy.ts'
import { evaluatePolicy, openUnderPolicy } from './policy-quorum.ts'
import { createVerifierKey, formatVerifierKey } from './verifier-key.ts'

const parse = (text: string) => parsePolicy(nodeCrypto, formatUtf8(text))

const origin = 'us.parley.example/c/0123'
const logSigner = createSigner(new Uint8Array(32).fill(200))
const logKey = createVerifierKey(nodeCrypto, 'ed25519', origin, logSigner.publicKey)
const log = formatVerifierKey(logKey)
const witnesses = Array.from({ length: 6 }, (_, i) => {
  const signer = createSigner(new Uint8Array(32).fill(i + 1))
  const key = createVerifierKey(nodeCrypto, 'cosignature/v1', `w${i}.example`, signer.publicKey)
  return { signer, key, vkey: formatVerifierKey(key) }
})
const [w0, w1] = witnesses.map(({ vkey }) => vkey)
const keyOf = (i: number) => witnesses[i]!.key

const nested = `# two groups, and both are needed
log ${log} https://us.parley.example/
\t
witness X1 ${witnesses[0]!.vkey}  https://x1.example/
witness X2 ${witnesses[1]!.vkey}
 witness\tX3 ${witnesses[2]!.vkey}
group X-witnesses 2 X1 X2 X3
witness Y1 ${witnesses[3]!.vkey}
witness Y2 ${witnesses[4]!.vkey}
witness Y3 ${witnesses[5]!.vkey}
group Y-witnesses any Y1 Y2 Y3
group X-and-Y all X-witnesses Y-witnesses
  # the end
quorum X-and-Y
`

describe('reading', () => {
  test('[PL1] logs, witnesses, groups and the quorum are read, comments and spaces passed over', () => {
    const policy = parse(nested)
    expect(policy.logs).toEqual([{ key: logKey, url: 'https://us.parley.example/' }])
    expect(policy.witnesses.map(({ name }) => name)).toEqual(['X1', 'X2', 'X3', 'Y1', 'Y2', 'Y3'])
    expect(policy.witnesses[0]).toEqual({ name: 'X1', key: keyOf(0), url: 'https://x1.example/' })
    expect(policy.quorum).toMatchObject({ kind: 'group', threshold: 2, members: [{ threshold: 2 }, { threshold: 1 }] })
  })

  test('[PL1] a policy may have no log and no witness, and a group may come after the quorum', () => {
    expect(parse('quorum none\n')).toEqual({ logs: [], witnesses: [], quorum: { kind: 'none' } })
    expect(refusalOf(() => parse(`witness a ${w0}\nquorum a\ngroup g any a\n`))).toBe('accepted')
  })

  test('[PL2] names are bytes: two that only look alike are two, and need not be UTF-8', () => {
    expect(refusalOf(() => parse(`witness K ${w0}\nquorum \u212a\n`))).toBe('policy.malformed')
    const bytes = Uint8Array.of(...formatUtf8('witness '), 0xff, ...formatUtf8(` ${w0}\nquorum `), 0xff, 10)
    expect(refusalOf(() => parsePolicy(nodeCrypto, bytes))).toBe('accepted')
    bytes[bytes.length - 2] = 0xfe
    expect(refusalOf(() => parsePolicy(nodeCrypto, bytes))).toBe('policy.malformed')
  })

  test.each([
    ['nothing', ''],
    ['no quorum', `log ${log}\n`],
    ['two quorums', 'quorum none\nquorum none\n'],
    ['a quorum that is defined later', `quorum a\nwitness a ${w0}\n`],
    ['a quorum of two names', `witness a ${w0}\nwitness b ${w1}\nquorum a b\n`],
    ['an unknown keyword', 'quorum none\nlogs\n'],
    ['no last line feed', 'quorum none'],
    ['a carriage return', 'quorum none\r\n'],
    ['a control character in a comment', '# \u0001\nquorum none\n'],
    ['a DEL', '# \u007f\nquorum none\n'],
    ['a log with the key of a witness', `log ${w0}\nquorum none\n`],
    ['a witness with the key of a log', `witness a ${log}\nquorum none\n`],
    ['a key that is none', 'log us.example+00000000+AAAA\nquorum none\n'],
    ['a log listed twice', `log ${log}\nlog ${log} https://us.example\nquorum none\n`],
    ['a witness listed twice', `witness a ${w0}\nwitness b ${w0}\nquorum none\n`],
    ['one name for two witnesses', `witness a ${w0}\nwitness a ${w1}\nquorum none\n`],
    ['one name for a witness and a group', `witness a ${w0}\ngroup a any a\nquorum none\n`],
    ['a witness named none', `witness none ${w0}\nquorum none\n`],
    ['a group with the member none', 'group g any none\nquorum none\n'],
    ['a group without members', 'group g any\nquorum none\n'],
    ['a group with a member that is defined later', `group g any a\nwitness a ${w0}\nquorum none\n`],
    ['a group of itself', 'group g any g\nquorum none\n'],
    ['a member named twice', `witness a ${w0}\ngroup g any a a\nquorum g\n`],
    ['a member of two groups', `witness a ${w0}\ngroup g any a\ngroup h any a\nquorum g\n`],
    ['a threshold of 0', `witness a ${w0}\ngroup g 0 a\nquorum g\n`],
    ['a threshold above the members', `witness a ${w0}\ngroup g 2 a\nquorum g\n`],
    ['a threshold with a leading zero', `witness a ${w0}\ngroup g 01 a\nquorum g\n`],
    ['a threshold that is no number', `witness a ${w0}\ngroup g most a\nquorum g\n`],
    ['words after a log', `log ${log} https://us.example more\nquorum none\n`],
    ['words after a witness', `witness a ${w0} https://a.example more\nquorum none\n`],
    ['a witness without a key', 'witness a\nquorum none\n'],
    ['too much', `${'#\n'.repeat(trustPolicyBytesMax / 2)}quorum none\n`],
  ])('[PL3] %s is refused', (_name, text) => {
    expect(refusalOf(() => parse(text))).toBe('policy.malformed')
  })

  test('[PL4] thirty-two logs, witnesses and groups are no limit', () => {
    const lines: string[] = []
    for (let i = 1; i <= 40; i++) {
      const publicKey = new Uint8Array(32).fill(i)
      lines.push(`log ${formatVerifierKey(createVerifierKey(nodeCrypto, 'ed25519', `l${i}`, publicKey))}`)
      lines.push(`witness w${i} ${formatVerifierKey(createVerifierKey(nodeCrypto, 'cosignature/v1', 'w', publicKey))}`)
      lines.push(`group g${i} all w${i}${i > 1 ? ` g${i - 1}` : ''}`)
    }
    const policy = parse(`${lines.join('\n')}\nquorum g40\n`)
    const keys = policy.witnesses.map(({ key }) => key)
    expect(refusalOf(() => evaluatePolicy(policy, keys))).toBe('accepted')
    expect(refusalOf(() => evaluatePolicy(policy, keys.slice(1)))).toBe('policy.unsatisfied')
  })

  test('[PL3] a policy changed in one byte is refused as such or read', () => {
    fc.assert(
      fc.property(flippedByte(formatUtf8(nested)), (flipped) => {
        expect(['accepted', 'policy.malformed']).toContain(refusalOf(() => parsePolicy(nodeCrypto, flipped)))
      }),
      { numRuns: 300 },
    )
  })
})

describe('the quorum', () => {
  const evaluate = (text: string, cosigners: number[]) =>
    refusalOf(() => evaluatePolicy(parse(text), cosigners.map(keyOf)))

  test.each([
    [[], 'policy.unsatisfied'],
    [[0, 1], 'policy.unsatisfied'],
    [[0, 3], 'policy.unsatisfied'],
    [[0, 0, 3], 'policy.unsatisfied'],
    [[3, 4, 5], 'policy.unsatisfied'],
    [[0, 2, 5], 'accepted'],
    [[0, 1, 2, 3, 4, 5], 'accepted'],
  ])('[PL5] of two groups with cosigners %j is %s', (cosigners, verdict) => {
    expect(evaluate(nested, cosigners)).toBe(verdict)
  })

  test('[PL5] of one witness, or of none, is what it says', () => {
    const one = `witness a ${w0}\nwitness b ${w1}\nquorum a\n`
    expect(evaluate(one, [0])).toBe('accepted')
    expect(evaluate(one, [1])).toBe('policy.unsatisfied')
    expect(evaluate('quorum none\n', [])).toBe('accepted')
  })

  test('[PL5] is never spoilt by a further cosigner', () => {
    const some = fc.subarray([0, 1, 2, 3, 4, 5])
    fc.assert(
      fc.property(some, some, (few, more) => {
        fc.pre(evaluate(nested, few) === 'accepted')
        expect(evaluate(nested, [...few, ...more])).toBe('accepted')
      }),
    )
  })
})

describe('opening under a policy', async () => {
  const time = 1_790_000_000
  const head = { origin, size: 5, root: nodeCrypto.sha256(formatUtf8('root')) }
  const note = await signCheckpoint(nodeCrypto, logSigner, head)
  const checkpoint = await openCheckpoint(nodeCrypto, note, { origin, keys: [logKey] })
  const lines = await Promise.all(
    witnesses.map(({ signer, key }, i) => cosign(nodeCrypto, signer, key.name, checkpoint, time + i)),
  )
  const cosignedBy = (...cosigners: number[]) =>
    appendSignatureLines(
      note,
      cosigners.map((i) => lines[i]!),
    )
  const policy = parse(nested)
  const attempt = (bytes: Uint8Array, under = policy, now?: number) =>
    refusalOfAsync(() => openUnderPolicy(nodeCrypto, bytes, under, now))

  test('[PL6] gives the checkpoint and the cosignatures that count', async () => {
    const opened = await openUnderPolicy(nodeCrypto, cosignedBy(0, 1, 4), policy)
    expect(opened.checkpoint).toMatchObject(head)
    expect(opened.cosignatures.map(({ cosigner }) => cosigner.name)).toEqual(['w0.example', 'w1.example', 'w4.example'])
  })

  test('[PL6] is refused for too few, for a strange log, and for a failing line of a witness', async () => {
    expect(await attempt(note)).toBe('policy.unsatisfied')
    expect(await attempt(cosignedBy(0, 4))).toBe('policy.unsatisfied')
    expect(await attempt(note, parse('quorum none\n'))).toBe('checkpoint.origin')
    expect(await attempt(note, parse(`log ${log}\nquorum none\n`))).toBe('accepted')
    const swapped = { ...lines[2]!, signature: lines[3]!.signature }
    expect(await attempt(appendSignatureLines(cosignedBy(0, 1, 4), [swapped]))).toBe('note.signature')
    const other = createVerifierKey(nodeCrypto, 'ed25519', origin, new Uint8Array(32).fill(9))
    expect(await attempt(note, parse(`log ${formatVerifierKey(other)}\nquorum none\n`))).toBe('note.unverified')
  })

  test('[PL7] does not count a cosignature from further ahead than two minutes', async () => {
    expect(await attempt(cosignedBy(0, 1, 4), policy, time - 116)).toBe('accepted')
    expect(await attempt(cosignedBy(0, 1, 4), policy, time - 117)).toBe('policy.unsatisfied')
    expect(await attempt(cosignedBy(0, 1, 3, 4), policy, time - 117)).toBe('accepted')
  })
})
