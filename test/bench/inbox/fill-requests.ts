// Gives a store very many requests, fast: acts of both sides in every state, made by nobody, through the projection and the
// index of words that the node itself uses. No entries stand behind them: only how much there is to list, to filter and to
// search matters here. The node must not be running.
//
//   node fill-requests.ts HOME CHANNEL COUNT

import { formatHex, parseGenesis } from '@parley/record'
import { nodeCrypto } from '@parley/record/node'
import type { Act, Pack } from '@parley/mechanism'
import { openHome } from '@parley/server'
import { listChannels } from '../../../packages/server/src/db/channels.ts'
import { openDatabase } from '../../../packages/server/src/db/database.ts'
import { listPacks } from '../../../packages/server/src/db/packs.ts'
import { putSetting } from '../../../packages/server/src/db/settings.ts'
import type { Statement } from '../../../packages/server/src/db/statement.ts'
import { putSubjects, readNewestChange, readSubjects } from '../../../packages/server/src/db/subjects.ts'
import { putText } from '../../../packages/server/src/db/texts.ts'
import { assign, markRead, watch } from '../../../packages/server/src/db/work-marks.ts'
import { databaseUrl } from '../../../packages/server/src/home.ts'
import { composeSubjectRow } from '../../../packages/server/src/reading/subject-row.ts'
import { listWords } from '../../../packages/server/src/search/words.ts'
import { requestData } from '../load/prepare.ts'

const english =
  'Please preserve the access logs of the server behind this address and tell us who held the account then'
const chinese = '请保全该地址所用服务器的访问日志，并告知当时账户的持有人，以便我方侦查网络犯罪案件'
/** Every so manieth request holds this word and nothing else does. */
const rareEvery = 10_000
const perTransaction = 500
const minuteMilliseconds = 60_000
const kinds = ['subscriber-data', 'traffic-data', 'preservation', 'mitigation'] as const
const urgencies = ['ordinary', 'ordinary', 'urgent', 'emergency'] as const

/** What happens to a request behind its opening, and by whom. */
type Story = readonly (readonly ['requesting' | 'requested', string, Act['data']])[]
const acknowledged: Story = [['requested', 'request.acknowledged', {}]]
const answered: Story = [...acknowledged, ['requested', 'request.answered', { outcome: 'full', handling: 'amber' }]]
const closed: Story = [...answered, ['requesting', 'request.closed', { outcome: 'satisfied' }]]
/** Most cases of a register are closed. */
const stories: readonly Story[] = [
  [],
  acknowledged,
  [['requesting', 'request.withdrawn', { ground: 'no-longer-needed' }]],
  answered,
  ...Array.from({ length: 6 }, () => closed),
]

/** The acts of the request of this number; it was opened so many minutes before `now`. */
function composeActs(number: number, now: number): { readonly id: string; readonly acts: readonly Act[] } {
  const parties = number % 2 === 0 ? ['us', 'cn'] : ['cn', 'us']
  const [requesting, requested] = parties as [string, string]
  const digestOf = (step: number): string => formatHex(nodeCrypto.sha256(Buffer.from(`${number} ${step}`)))
  const id = digestOf(0)
  const opened = now - number * minuteMilliseconds
  const act = (step: number, party: string, type: string, data: Act['data']): Act => {
    const other = party === 'us' ? 'cn' : 'us'
    const at = opened + step * 30 * minuteMilliseconds
    return {
      party,
      index: number * 4 + step,
      digest: digestOf(step),
      type,
      subject: id,
      data,
      at,
      seen: { [other]: number * 4 + step },
      seenTimes: { [other]: Math.floor(at / 1000) },
      body: { ciphertext: digestOf(step + 100), commitment: digestOf(step + 200), size: 1024 },
      exercise: false,
    }
  }
  const opening = act(0, requesting, 'request.opened', {
    ...requestData,
    to: requested,
    kind: kinds[number % kinds.length]!,
    urgency: urgencies[Math.floor(number / 5) % urgencies.length]!,
  })
  const story = stories[Math.floor(number / 3) % stories.length]!
  const later = story.map(([side, type, data], step) =>
    act(step + 1, side === 'requesting' ? requesting : requested, type, data),
  )
  return { id, acts: [opening, ...later] }
}

function composeText(number: number): string {
  const rare = number % rareEvery === 0 ? ' needle 灯塔' : ''
  return `Case ${number} of host ${number % 251}.${number % 241}: ${english}. ${chinese}${rare}`
}

const [folder, channel, count] = process.argv.slice(2)
if (folder === undefined || channel === undefined || count === undefined) {
  throw new Error('usage: fill-requests.ts HOME CHANNEL COUNT')
}
const database = await openDatabase(databaseUrl(await openHome(folder)))
const { reader, writer } = database
const genesis = parseGenesis((await listChannels(reader)).find((one) => one.channel === channel)!.genesis)
const packs = new Map((await listPacks(reader)).map(({ digest, pack }) => [digest, JSON.parse(pack) as Pack]))
const [row] = await readSubjects(reader, channel, ['agreement'])
const context = {
  parties: genesis.parties.map(({ party }) => party),
  agreement: JSON.parse(row!.acts) as Act[],
  pack: (digest: string) => packs.get(digest),
}
const now = Date.now()
let changed = await readNewestChange(reader)
for (let start = 1; start <= Number(count); start += perTransaction) {
  const subjects = []
  const others: Statement[] = []
  for (let number = start; number < start + perTransaction && number <= Number(count); number++) {
    const { acts, id: subject } = composeActs(number, now)
    subjects.push(composeSubjectRow(channel, subject, acts, context, ++changed))
    const text = composeText(number)
    others.push(
      ...putText({ document: number, channel, subject, title: text.slice(0, 80), missing: false }, listWords(text)),
    )
    // Nine of ten are somebody's, one of a hundred mine.
    const account = number % 100 === 0 ? 'operator' : 'somebody'
    if (number % 10 !== 1) others.push(...assign({ channel, subject, account, assignedBy: account, assigned: now }))
    if (number % 50 === 0) others.push(watch('operator', channel, subject))
    if (number > 500) others.push(markRead('operator', channel, subject, changed))
  }
  await writer.commit([
    ...putSubjects(subjects),
    ...others,
    putSetting('texts-read-until', String(changed)),
    putSetting('noticed-until', String(changed)),
  ])
}
await database.close()
