// The case that `npm start` plays through the API, as any client would: adoption, a request, its acknowledgement, the
// triage answer and the answer, each followed until it is delivered.

import { setTimeout as sleep } from 'node:timers/promises'
import type { Side } from './side.ts'

const patienceMilliseconds = 60_000
const pauseMilliseconds = 100
/** The answer is said to come within ten days. */
const triagedSpanMilliseconds = 10 * 24 * 3_600_000

/** Asks until there is an answer, because the other node may be a moment behind. */
async function until<T>(what: string, ask: () => Promise<T | undefined>): Promise<T> {
  const last = Date.now() + patienceMilliseconds
  for (;;) {
    const answer = await ask().catch((error: unknown) => {
      if (Date.now() > last) throw error
      return undefined
    })
    if (answer !== undefined) return answer
    if (Date.now() > last) throw new Error(`${what}: not within ${patienceMilliseconds / 1000} s`)
    await sleep(pauseMilliseconds)
  }
}

const say = (line: string): void => void process.stdout.write(`${line}\n`)

/** Both parties adopt the pack by its digest, unless it is in force from an earlier start. */
export async function adopt(sides: readonly Side[], digest: string): Promise<void> {
  await Promise.all(sides.map(({ client, party }) => until(`${party} is ready`, () => client.viewReadiness())))
  for (const { channel, client, party } of sides) {
    const { adoptions } = await client.viewAgreement({ params: { channel } })
    if (adoptions.some((adoption) => adoption.party === party && adoption.pack === digest && !adoption.withdrawn))
      continue
    await client.appendAct({ params: { channel }, body: { type: 'agreement.adopted', data: { pack: digest } } })
    say(`${party} adopted the agreement ${digest.slice(0, 16)}…`)
  }
  for (const { channel, client, party } of sides) {
    await until(`${party} sees the agreement in force`, async () => {
      const { inForce } = await client.viewAgreement({ params: { channel } })
      return inForce?.pack === digest ? true : undefined
    })
  }
  say('the agreement is in force on both sides')
}

const question = {
  v: 1,
  texts: [
    {
      language: 'en',
      role: 'original',
      text: 'Fraudulent payment pages were served from 198.51.100.7 between 12 and 19 October.\n\nPlease tell us who operated the server, and keep its logs until a formal request reaches you.',
    },
    {
      language: 'zh-Hans',
      role: 'translation',
      by: 'requesting office',
      text: '10月12日至19日期间，198.51.100.7 托管了欺诈性支付页面。\n\n请告知该服务器的运营者，并在正式请求送达之前保全其日志。',
    },
  ],
  fields: {
    authority: 'Requesting office, cybercrime unit',
    contact: 'Duty desk, at any hour',
    'authenticity-contact': 'Central authority, through this channel',
    'case-reference': 'Case 1 of this rehearsal',
    facts: 'Payment pages of a bank were imitated; deposits were diverted.',
    'applicable-law': 'Computer-related fraud; phishing',
    'legal-basis': 'Commitment on assistance of the agreement in force',
    'data-sought': 'Who rented the server, and since when',
    identifiers: '198.51.100.7',
    'time-range': '12 to 19 October, UTC',
    'relation-to-offence': 'The server delivered the pages',
    purpose: 'To identify the offenders',
    'urgency-reason': 'Logs are kept by the host for thirty days only',
  },
}

const reply = {
  v: 1,
  texts: [
    {
      language: 'zh-Hans',
      role: 'original',
      text: '该服务器由一家托管商出租，租用人信息随函附上。日志已保全六十日。',
    },
    {
      language: 'en',
      role: 'translation',
      by: 'answering office',
      text: 'The server was let by a hosting company; the particulars of the tenant follow. The logs are preserved for sixty days.',
    },
  ],
}

/**
 * One side asks, the other acknowledges and answers, unless an earlier start did. Resolves to the state digest that both
 * nodes computed at the same cut.
 */
export async function playRequest(sides: readonly Side[]): Promise<string> {
  const [asking, asked] = sides
  if (asking === undefined || asked === undefined) throw new Error('the case is played by two parties')
  const { channel } = asking
  const { items } = await asking.client.listRequests({ params: { channel }, query: { limit: 1 } })
  const request = items[0]?.id ?? (await open(asking, asked))
  await respond(asked, request)
  await until(`${asking.party} sees the answer`, async () => {
    const { request: row } = await asking.client.viewRequest({ params: { channel, id: request } })
    return row.status === 'answered' ? true : undefined
  })
  await stateOpened(asking, request)
  for (const { client, party } of sides)
    await until(`${party}'s entries are delivered`, () => delivered(client, channel, request))
  say('every entry is delivered: each side holds the other’s receipt')
  return agree(sides)
}

async function open({ channel, client, party }: Side, asked: Side): Promise<string> {
  const data = {
    to: asked.party,
    kind: 'subscriber-data',
    urgency: 'urgent',
    urgencyGrounds: ['evidence-at-risk'],
    offences: ['computer-fraud', 'phishing'],
    languages: ['en', 'zh-Hans'],
    handling: 'amber',
    norms: ['h'],
    particulars: Object.keys(question.fields),
  }
  const { entry } = await client.appendAct({
    params: { channel },
    body: { type: 'request.opened', data, body: question },
  })
  say(`${party} opened request ${entry.digest.slice(0, 16)}…`)
  return entry.digest
}

/** States, in an entry, that the other side's texts were opened here. */
async function stateOpened(
  { channel, client, party }: Pick<Side, 'channel' | 'client' | 'party'>,
  request: string,
): Promise<void> {
  const { acts } = await client.viewRequest({ params: { channel, id: request } })
  for (const { body, entry, party: author, standing } of acts) {
    if (author === party || body?.state !== 'opened' || standing.level === 'opened') continue
    const data = { entry: entry.digest }
    await client.appendAct({ params: { channel }, body: { type: 'entry.opened', subject: request, data } })
    say(`${party} opened the text of ${author}`)
  }
}

async function respond({ channel, client, party }: Side, request: string): Promise<void> {
  const params = { channel, id: request }
  const view = () => client.viewRequest({ params })
  await until(`${party} sees the request`, view)
  const act = async (type: string, words: string, content: object): Promise<void> => {
    const { may } = await view()
    if (!may.some((rule) => rule.type === type && rule.allowed)) return
    await client.appendAct({ params: { channel }, body: { type, subject: request, ...content } as never })
    say(`${party} ${words}`)
  }
  await act('request.acknowledged', 'acknowledged it', { data: {} })
  await stateOpened({ channel, client, party }, request)
  await act('request.triaged', 'said that it will answer, in what form and by when', {
    data: { will: 'yes', form: 'information', expected: Date.now() + triagedSpanMilliseconds },
  })
  await act('request.answered', 'answered it', {
    data: { outcome: 'full', handling: 'amber', use: 'intelligence-only' },
    body: reply,
  })
}

async function delivered(client: Side['client'], channel: string, request: string): Promise<true | undefined> {
  const { acts } = await client.viewRequest({ params: { channel, id: request } })
  const { adoptions } = await client.viewAgreement({ params: { channel } })
  const standings = [...acts, ...adoptions].map(({ standing }) => standing.level)
  return acts.length >= 3 && standings.every((level) => level === 'delivered' || level === 'opened') ? true : undefined
}

/** Both nodes at the same cut: what each computed there must be the same to the byte. */
async function agree(sides: readonly Side[]): Promise<string> {
  return until('both nodes are at the same cut', async () => {
    const cuts = await Promise.all(sides.map(({ channel, client }) => client.viewCut({ params: { channel } })))
    const [first, ...others] = cuts
    if (first === undefined || others.some(({ cutDigest }) => cutDigest !== first.cutDigest)) return undefined
    if (others.some((cut) => cut.stateDigest !== first.stateDigest || cut.rulesDigest !== first.rulesDigest)) {
      throw new Error(`the nodes differ at cut ${first.cutDigest}: ${cuts.map((cut) => cut.stateDigest).join(', ')}`)
    }
    return `sha256:${first.stateDigest}`
  })
}
