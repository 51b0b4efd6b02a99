// Vectors of delivery frames, of what they add to a copy of a log, and of answers.

import { formatHex, formatUtf8, parseUtf8 } from '../../packages/record/src/bytes.ts'
import { formatDeliveryAnswer, type DeliveryAnswer } from '../../packages/record/src/delivery-answer.ts'
import { formatDelivery, type Delivery } from '../../packages/record/src/delivery.ts'
import { Frontier, formatFrontier } from '../../packages/record/src/frontier.ts'
import { nodeCrypto } from '../../packages/record/src/node/crypto.ts'
import { channelOrigin } from '../../packages/record/src/origins.ts'
import { createVerifierKey, formatVerifierKey } from '../../packages/record/src/verifier-key.ts'
import { createLog, testChannel, type TestLog } from '../../packages/record/test-support/channel.ts'
import { editBetween } from '../../packages/record/test-support/edits.ts'
import { bytesOf, partyOf, signerOf } from '../../packages/record/test-support/parties.ts'

const us = partyOf('us')
const origin = channelOrigin(us.prefix, testChannel)
const other = 'cn.parley.example/governance'

function textsOf(delivery: Delivery): object {
  return {
    origin: delivery.origin,
    from: delivery.from,
    head: parseUtf8(delivery.head),
    proof: delivery.proof.map(formatHex),
    entries: delivery.entries.map(formatHex),
    bodies: delivery.bodies.map(({ digest, bytes }) => ({ digest, bytes: formatHex(bytes) })),
    cosignatures: delivery.cosignatures.map(({ origin, note }) => ({ origin, note: parseUtf8(note) })),
  }
}

const head = formatUtf8('any note\n\n\u2014 us.parley.example AAAAAAA=\n')
const empty: Delivery = { origin, from: 0, head, proof: [], entries: [], bodies: [], cosignatures: [] }
const full: Delivery = {
  ...empty,
  from: 258,
  proof: [bytesOf('one'), bytesOf('other')],
  entries: [formatUtf8('an entry'), new Uint8Array(), formatUtf8('another entry')],
  bodies: [
    { digest: formatHex(nodeCrypto.sha256(formatUtf8('sealed'))), bytes: formatUtf8('sealed') },
    { digest: formatHex(nodeCrypto.sha256(new Uint8Array())), bytes: new Uint8Array() },
  ].toSorted((a, b) => (a.digest < b.digest ? -1 : 1)),
  cosignatures: [{ origin: other, note: head }, { origin: other, note: formatUtf8('x') }],
}
const frame = formatDelivery(full)

function changedText(change: (text: string) => string): Uint8Array {
  return new Uint8Array(Buffer.from(change(Buffer.from(frame).toString('latin1')), 'latin1'))
}

/** The frame with a number written over from `at` on. */
function overwritten(at: number, ...bytes: number[]): Uint8Array {
  const changed = frame.slice()
  changed.set(bytes, at)
  return changed
}

function refusedFrames(): [string, Uint8Array, string][] {
  const afterOrigin = 19 + 4 + origin.length
  const afterHead = afterOrigin + 8 + 4 + head.length
  const afterProof = afterHead + 1 + 64
  const [first, second] = full.bodies.map(({ digest }) => Buffer.from(digest, 'hex').toString('latin1')) as [string, string]
  return [
    ['no bytes', new Uint8Array(), 'delivery.malformed'],
    ['another version', changedText((text) => text.replace('/v1', '/v2')), 'delivery.malformed'],
    ['cut off within the origin', frame.subarray(0, 30), 'delivery.malformed'],
    ['the last byte cut off', frame.subarray(0, -1), 'delivery.malformed'],
    ['a byte after the frame', new Uint8Array([...frame, 0]), 'delivery.malformed'],
    ['an origin with two dots', changedText((text) => text.replace('us.parley.example', 'us.parley/../mple')), 'delivery.malformed'],
    ['an origin that is not UTF-8', overwritten(23, 0xff), 'delivery.malformed'],
    ['an origin beyond its limit', overwritten(19, 0, 0, 1, 0), 'delivery.limit'],
    ['a first index beyond 2^53', overwritten(afterOrigin, 0, 0x20), 'delivery.limit'],
    ['a head beyond its limit', overwritten(afterOrigin + 8, 0, 1, 0, 1), 'delivery.limit'],
    ['64 hashes', overwritten(afterHead, 64), 'delivery.limit'],
    ['4,097 entries', overwritten(afterProof, 0, 0, 16, 1), 'delivery.limit'],
    ['more entries than there are', overwritten(afterProof, 0, 0, 16, 0), 'delivery.malformed'],
    ['bodies out of order', changedText((text) => text.replace(first, '\xff'.repeat(32))), 'delivery.malformed'],
    ['a body twice', changedText((text) => text.replace(second, first)), 'delivery.malformed'],
  ]
}

function heldAt(log: TestLog, size: number): string {
  const frontier = Frontier.empty(nodeCrypto)
  for (let index = 0; index < size; index++) frontier.append(log.tree.leaf(index))
  return formatHex(formatFrontier(frontier))
}

async function verification(): Promise<object> {
  const [log, fork] = [createLog(us, origin), createLog(us, origin)]
  for (let index = 0; index < 11; index++) {
    log.append(formatUtf8(`entry ${index}`))
    fork.append(formatUtf8(index === 2 ? 'another history' : `entry ${index}`))
  }
  const good: [string, number, number, number, number][] = [
    ['the whole log', 0, 0, 11, 11],
    ['a part, under a later head', 0, 0, 4, 11],
    ['entries that are held already are passed over', 3, 1, 6, 9],
    ['a delivery that comes again', 9, 1, 6, 9],
    ['nothing but a head', 5, 5, 5, 11],
    ['nothing but the head that is held', 11, 11, 11, 11],
    ['a head of which nothing is proven, because the delivery ends before what is held', 8, 1, 6, 11],
    ['nothing of nothing', 0, 0, 0, 0],
    ['a head over a log of which nothing is held', 0, 0, 0, 7],
  ]
  const accepted = good.map(async ([name, held, from, end, size]) => {
    const after = Math.max(held, end)
    const proven = end >= held || size === held
    return {
      name,
      held: heldAt(log, held),
      frame: formatHex(formatDelivery(await log.deliver(from, end, size))),
      accepted: Array.from({ length: after - held }, (_, at) => formatHex(log.tree.leaf(held + at))),
      frontier: heldAt(log, after),
      root: formatHex(log.tree.root(after)),
      head: proven ? size : null,
    }
  })
  const base = await log.deliver(4, 7, 11)
  const swapped = [base.entries[1]!, base.entries[0]!, base.entries[2]!]
  const bad: [string, string, Delivery, string][] = [
    ['a gap', heldAt(log, 3), base, 'delivery.gap'],
    ['an entry changed', heldAt(log, 4), { ...base, entries: base.entries.with(0, formatUtf8('entry X')) }, 'delivery.root'],
    ['two entries swapped', heldAt(log, 4), { ...base, entries: swapped }, 'delivery.root'],
    ['a hash of the proof changed', heldAt(log, 4), { ...base, proof: base.proof.with(0, bytesOf('no hash')) }, 'delivery.root'],
    ['no proof', heldAt(log, 4), { ...base, proof: [] }, 'delivery.root'],
    ['a proof where none belongs', heldAt(log, 4), { ...(await log.deliver(4)), proof: [bytesOf('no hash')] }, 'delivery.root'],
    ['held is another history', heldAt(fork, 4), base, 'delivery.root'],
    ['the head is of another history', heldAt(log, 4), { ...base, head: (await fork.deliver(4)).head }, 'delivery.root'],
    ['another root at the size that is held', heldAt(log, 11), await fork.deliver(5, 8), 'delivery.root'],
    ['entries beyond the head', heldAt(log, 4), { ...base, head: (await log.deliver(4, 5, 5)).head }, 'delivery.malformed'],
    ['the head of another log', heldAt(log, 4), { ...base, origin: other }, 'delivery.origin'],
  ]
  return {
    log: formatVerifierKey(createVerifierKey(nodeCrypto, 'ed25519', origin, signerOf('us log').publicKey)),
    origin,
    accepted: await Promise.all(accepted),
    refused: bad.map(([name, held, delivery, code]) => ({ name, held, frame: formatHex(formatDelivery(delivery)), code })),
  }
}

const line = { name: 'cn.parley.example/mirror', id: '0011aabb', signature: bytesOf('line') }
const answer: DeliveryAnswer = { origin, have: 12, missing: ['11'.repeat(32), '22'.repeat(32)], lines: [line] }
const answerText = parseUtf8(formatDeliveryAnswer(answer))

function answerVector(name: string, value: DeliveryAnswer): object {
  const lines = value.lines.map(({ name, id, signature }) => ({ name, id, signature: formatHex(signature) }))
  return { name, ...value, lines, text: parseUtf8(formatDeliveryAnswer(value)) }
}

const refusedAnswers: [string, string, string][] = [
  ['nothing', '', 'delivery.malformed'],
  ['another version', answerText.replace('/v1', '/v2'), 'delivery.malformed'],
  ['a leading zero', answerText.replace('have 12', 'have 012'), 'delivery.malformed'],
  ['a size above 2^53', answerText.replace('have 12', 'have 9007199254740992'), 'delivery.malformed'],
  ['digests out of order', answerText.replace('11'.repeat(32), '33'.repeat(32)), 'delivery.malformed'],
  ['a digest twice', answerText.replace('11'.repeat(32), '22'.repeat(32)), 'delivery.malformed'],
  ['no empty line', answerText.replace('\n\n', '\n'), 'delivery.malformed'],
  ['a line that is none', `${answerText}x\n`, 'delivery.malformed'],
  ['a line twice', answerText + answerText.slice(answerText.indexOf('\u2014')), 'delivery.malformed'],
]

export async function deliveryVectors(): Promise<object> {
  return {
    about:
      'Delivery frames and their answers: docs/spec/delivery.md. Bytes are in hexadecimal; an `edit` puts hexadecimal in place of a number of bytes from an offset on in the frame `everything`. Under `verification`, `held` and `frontier` are eight bytes of size and the roots of the perfect subtrees; `head` is the size of the head that is proven, or null.',
    frames: [
      { name: 'nothing', delivery: textsOf(empty), frame: formatHex(formatDelivery(empty)) },
      { name: 'everything', delivery: textsOf(full), frame: formatHex(frame) },
    ],
    refused: refusedFrames().map(([name, bytes, code]) => ({ name, edit: editBetween(frame, bytes), code })),
    verification: await verification(),
    answers: [
      answerVector('everything', answer),
      answerVector('nothing', { origin: other, have: 0, missing: [], lines: [] }),
    ],
    refusedAnswers: refusedAnswers.map(([name, text, code]) => ({ name, text, code })),
  }
}
