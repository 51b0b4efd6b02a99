// Our own vectors of deliveries and their answers (vectors/record/delivery.json).

import { describe, expect, test } from 'vitest'
import { applyEdit } from '../test-support/edits.ts'
import type { Edit } from '../test-support/edits.ts'
import { readRecordVectors } from '../test-support/record-vectors.ts'
import { refusalOf, refusalOfAsync } from '../test-support/refusal.ts'
import { formatUtf8, parseHex, parseUtf8 } from './bytes.ts'
import { openCheckpoint } from './checkpoint.ts'
import { formatDeliveryAnswer, parseDeliveryAnswer } from './delivery-answer.ts'
import { formatDelivery, parseDelivery } from './delivery.ts'
import type { Delivery } from './delivery.ts'
import { formatFrontier, parseFrontier } from './frontier.ts'
import { nodeCrypto } from './node/index.ts'
import { verifyDelivery } from './replica.ts'
import type { VerifiedDelivery } from './replica.ts'
import { parseVerifierKey } from './verifier-key.ts'

interface DeliveryText {
  origin: string
  from: number
  head: string
  proof: string[]
  entries: string[]
  bodies: { digest: string; bytes: string }[]
  cosignatures: { origin: string; note: string }[]
}
interface AnswerText {
  name: string
  origin: string
  have: number
  missing: string[]
  lines: { name: string; id: string; signature: string }[]
  text: string
}
interface DeliveryVectors {
  frames: { name: string; delivery: DeliveryText; frame: string }[]
  refused: { name: string; edit: Edit; code: string }[]
  verification: {
    log: string
    origin: string
    accepted: {
      name: string
      held: string
      frame: string
      accepted: string[]
      frontier: string
      root: string
      head: number | null
    }[]
    refused: { name: string; held: string; frame: string; code: string }[]
  }
  answers: AnswerText[]
  refusedAnswers: { name: string; text: string; code: string }[]
}

const vectors = readRecordVectors<DeliveryVectors>('delivery')
const { verification } = vectors

function deliveryOf(text: DeliveryText): Delivery {
  return {
    origin: text.origin,
    from: text.from,
    head: formatUtf8(text.head),
    proof: text.proof.map(parseHex),
    entries: text.entries.map(parseHex),
    bodies: text.bodies.map(({ digest, bytes }) => ({ digest, bytes: parseHex(bytes) })),
    cosignatures: text.cosignatures.map(({ origin, note }) => ({ origin, note: formatUtf8(note) })),
  }
}

async function verify(held: string, frame: string): Promise<VerifiedDelivery> {
  const delivery = parseDelivery(parseHex(frame))
  const keys = [parseVerifierKey(nodeCrypto, verification.log)]
  const head = await openCheckpoint(nodeCrypto, delivery.head, { origin: verification.origin, keys })
  const log = { origin: verification.origin, frontier: parseFrontier(nodeCrypto, parseHex(held)) }
  return verifyDelivery(nodeCrypto, log, delivery, head)
}

describe('vectors/record/delivery.json', () => {
  test.each(vectors.frames)('[DL1] the frame of $name', ({ delivery, frame }) => {
    expect(formatDelivery(deliveryOf(delivery)).toHex()).toBe(frame)
    expect(parseDelivery(parseHex(frame))).toEqual(deliveryOf(delivery))
  })

  test.each(vectors.refused)('[DL2] $code: $name', ({ edit, code }) => {
    const frame = parseHex(vectors.frames.find(({ name }) => name === 'everything')!.frame)
    expect(refusalOf(() => parseDelivery(applyEdit(frame, edit)))).toBe(code)
  })

  test.each(verification.accepted)('[DL6] $name', async (vector) => {
    const verified = await verify(vector.held, vector.frame)
    expect(verified.accepted.map(({ leafHash }) => leafHash.toHex())).toEqual(vector.accepted)
    expect(formatFrontier(verified.frontier).toHex()).toBe(vector.frontier)
    expect(verified.root.toHex()).toBe(vector.root)
    expect(verified.head?.size ?? null).toBe(vector.head)
  })

  test.each(verification.refused)('[DL8] $code: $name', async ({ held, frame, code }) => {
    expect(await refusalOfAsync(() => verify(held, frame))).toBe(code)
  })

  test.each(vectors.answers)('[DL5] the answer with $name', ({ origin, have, missing, lines, text }) => {
    const answer = {
      origin,
      have,
      missing,
      lines: lines.map((line) => ({ ...line, signature: parseHex(line.signature) })),
    }
    expect(parseUtf8(formatDeliveryAnswer(answer))).toBe(text)
    expect(parseDeliveryAnswer(formatUtf8(text))).toEqual(answer)
  })

  test.each(vectors.refusedAnswers)('[DL5] $code: $name', ({ text, code }) => {
    expect(refusalOf(() => parseDeliveryAnswer(formatUtf8(text)))).toBe(code)
  })
})
