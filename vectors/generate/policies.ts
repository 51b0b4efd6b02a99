// Vectors of trust policies.

import { cosign } from '../../packages/record/src/cosignature.ts'
import { nodeCrypto } from '../../packages/record/src/node/crypto.ts'
import { signerOf } from '../../packages/record/test-support/parties.ts'
import { headAt, keyOf, logVkey, noteAt, withLines } from './log.ts'

const names = ['x1.example', 'x2.example', 'x3.example', 'y1.example', 'y2.example', 'y3.example']
const vkeys = names.map((name) => keyOf('cosignature/v1', name).vkey)
const [a, b] = vkeys

const nested = `# Two of the first three, and one of the others.
log ${logVkey} https://us.parley.example/

witness X1 ${vkeys[0]} https://x1.example/
 witness\tX2 ${vkeys[1]}
witness X3 ${vkeys[2]}
group X 2 X1 X2 X3
witness Y1 ${vkeys[3]}
witness Y2 ${vkeys[4]}
witness Y3 ${vkeys[5]}
group Y any Y1 Y2 Y3
group both all X Y
  # the end
quorum both
`

const malformed: [string, string][] = [
  ['nothing', ''],
  ['no quorum', `log ${logVkey}\n`],
  ['two quorums', 'quorum none\nquorum none\n'],
  ['a quorum that is defined later', `quorum a\nwitness a ${a}\n`],
  ['a quorum of two names', `witness a ${a}\nwitness b ${b}\nquorum a b\n`],
  ['an unknown keyword', 'quorum none\nlogs\n'],
  ['a keyword in upper case', 'QUORUM none\n'],
  ['no last line feed', 'quorum none'],
  ['a carriage return', 'quorum none\r\n'],
  ['a control character in a comment', '# \u0001\nquorum none\n'],
  ['a DEL in a comment', '# \u007f\nquorum none\n'],
  ['a log with the key of a witness', `log ${a}\nquorum none\n`],
  ['a witness with the key of a log', `witness a ${logVkey}\nquorum none\n`],
  ['a key that is none', 'log us.example+00000000+AAAA\nquorum none\n'],
  ['a log listed twice', `log ${logVkey}\nlog ${logVkey} https://us.example\nquorum none\n`],
  ['a witness listed twice', `witness a ${a}\nwitness b ${a}\nquorum none\n`],
  ['one name for two witnesses', `witness a ${a}\nwitness a ${b}\nquorum none\n`],
  ['one name for a witness and a group', `witness a ${a}\ngroup a any a\nquorum none\n`],
  ['a witness named none', `witness none ${a}\nquorum none\n`],
  ['a group with the member none', 'group g any none\nquorum none\n'],
  ['a group without members', 'group g any\nquorum none\n'],
  ['a group with a member that is defined later', `group g any a\nwitness a ${a}\nquorum none\n`],
  ['a group of itself', 'group g any g\nquorum none\n'],
  ['a member named twice', `witness a ${a}\ngroup g any a a\nquorum g\n`],
  ['a member of two groups', `witness a ${a}\ngroup g any a\ngroup h any a\nquorum g\n`],
  ['a threshold of 0', `witness a ${a}\ngroup g 0 a\nquorum g\n`],
  ['a threshold above the members', `witness a ${a}\ngroup g 2 a\nquorum g\n`],
  ['a threshold with a leading zero', `witness a ${a}\ngroup g 01 a\nquorum g\n`],
  ['a threshold that is no number', `witness a ${a}\ngroup g most a\nquorum g\n`],
  ['words after a log', `log ${logVkey} https://us.example more\nquorum none\n`],
  ['words after a witness', `witness a ${a} https://a.example more\nquorum none\n`],
  ['a witness without a key', 'witness a\nquorum none\n'],
  ['a name of another script that looks the same', `witness K ${a}\nquorum \u212a\n`],
]

async function cosignedBy(...cosigners: number[]): Promise<string> {
  const head = await headAt(13)
  const lines = cosigners.map((i) => cosign(nodeCrypto, signerOf(names[i]!), names[i]!, head, 1_790_000_000))
  return withLines(await noteAt(13), ...(await Promise.all(lines)))
}

export async function policyVectors(): Promise<object> {
  const logOnly = `log ${logVkey}\nquorum none\n`
  return {
    about: 'Trust policies of c2sp.org/tlog-policy. `opened` holds a checkpoint against a policy; `cosigners` are those that count.',
    valid: [
      { name: 'nobody', policy: 'quorum none\n', logs: 0, witnesses: 0 },
      { name: 'two groups', policy: nested, logs: 1, witnesses: 6 },
      { name: 'a group after the quorum', policy: `witness a ${a}\nquorum a\ngroup g any a\n`, logs: 0, witnesses: 1 },
    ],
    invalid: malformed.map(([name, policy]) => ({ name, code: 'policy.malformed', policy })),
    opened: {
      valid: [
        { name: 'no witness demanded', policy: logOnly, note: await cosignedBy(), cosigners: [] },
        { name: 'just enough', policy: nested, note: await cosignedBy(0, 2, 5), cosigners: [names[0], names[2], names[5]] },
        { name: 'all', policy: nested, note: await cosignedBy(0, 1, 2, 3, 4, 5), cosigners: names },
      ],
      invalid: [
        { name: 'nobody', code: 'policy.unsatisfied', policy: nested, note: await cosignedBy() },
        { name: 'one of each group', code: 'policy.unsatisfied', policy: nested, note: await cosignedBy(0, 3) },
        { name: 'one group only', code: 'policy.unsatisfied', policy: nested, note: await cosignedBy(3, 4, 5) },
        { name: 'a log that is not known', code: 'checkpoint.origin', policy: 'quorum none\n', note: await cosignedBy() },
        { name: 'another text than was signed', code: 'note.signature', policy: nested, note: (await cosignedBy(0, 2, 5)).replace('\n13\n', '\n14\n') },
      ],
    },
  }
}
