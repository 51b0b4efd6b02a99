// Who acts, in Chinese: 双方、任何一方、中方、美国和日本、收到请求的一方、高级别专家组. Phrases are read from their first word;
// modifiers before 的 belong to the noun after it.

import type { NamedActor } from '../context.ts'
import type { Reading } from '../words/pattern.ts'

export interface Phrase {
  readonly actor: Pick<NamedActor, 'kind' | 'none'>
  readonly end: number
}

/** The actor whose name begins at a token, if one does; coordinated names are one actor. */
export function readActor(reading: Reading, at: number, parties: ReadonlySet<string>): Phrase | undefined {
  const first = readOne(reading, at, parties)
  if (first === undefined) return undefined
  let { actor, end } = first
  for (;;) {
    const word = reading.tokens[end]?.word
    if (word !== '和' && word !== '与' && word !== '、' && word !== '及' && word !== '以及' && word !== '同') break
    const other = readOne(reading, end + 1, parties)
    if (other === undefined) break
    end = other.end
    actor = { ...actor, kind: actor.kind === 'body' || other.actor.kind === 'body' ? 'body' : 'all' }
  }
  return { actor, end }
}

function readOne({ classes, tokens }: Reading, at: number, parties: ReadonlySet<string>): Phrase | undefined {
  const is = (name: string, place = at): boolean => classes[place]?.has(name) ?? false
  const phrase = (kind: NamedActor['kind'], end: number, none = false): Phrase => ({ actor: { kind, none }, end })
  if (at >= tokens.length) return undefined
  if (is('none')) return phrase('all', at + 1, true)
  if (is('each')) return phrase('each', at + 1)
  if (is('role')) return phrase('class', at + 1)
  if (is('all')) return is('body', at + 1) && !is('meeting', at + 1) ? phrase('body', at + 2) : phrase('all', at + 1)
  if (is('side')) return phrase('one', at + 1)
  if (is('country') || parties.has(tokens[at]!.word)) {
    return phrase('one', is('government', at + 1) ? at + 2 : at + 1)
  }
  if (['各', '每个', '每一'].includes(tokens[at]!.word) && is('body', at + 1)) return phrase('each', at + 2)
  if (is('body')) {
    let end = at + 1
    while (is('body', end)) end += 1
    return phrase('body', end)
  }
  return undefined
}

/** The actor whose name ends right before a token: the noun that modifiers stand before. */
export function readActorEnding(
  reading: Reading,
  from: number,
  end: number,
  parties: ReadonlySet<string>,
): Phrase | undefined {
  for (let at = Math.max(from, end - 3); at < end; at++) {
    const phrase = readActor(reading, at, parties)
    if (phrase?.end === end) return phrase
  }
  return undefined
}
