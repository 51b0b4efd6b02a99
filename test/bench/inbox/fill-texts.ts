// Gives every request of a filled store a text, as if its body had been opened and read: only how much there is to list and
// to search matters here. The node must not be running.
//
//   node fill-texts.ts HOME

import { openHome } from '@parley/server'
import { openDatabase } from '../../../packages/server/src/db/database.ts'
import { putSetting } from '../../../packages/server/src/db/settings.ts'
import type { Statement } from '../../../packages/server/src/db/statement.ts'
import { listChangedSubjects } from '../../../packages/server/src/db/subjects.ts'
import { putText } from '../../../packages/server/src/db/texts.ts'
import { assign } from '../../../packages/server/src/db/work-marks.ts'
import { databaseUrl } from '../../../packages/server/src/home.ts'
import { listWords } from '../../../packages/server/src/search/words.ts'

const [folder] = process.argv.slice(2)
if (folder === undefined) throw new Error('usage: fill-texts.ts HOME')

const english =
  'Please preserve the access logs of the server behind this address and tell us who held the account then'
const chinese = '请保全该地址所用服务器的访问日志，并告知当时账户的持有人，以便我方侦查网络犯罪案件'
/** Every so manieth request holds this word and nothing else does. */
const rareEvery = 10_000
const assignedEvery = 100

const database = await openDatabase(databaseUrl(await openHome(folder)))
let after = 0
let document = 0
for (;;) {
  const rows = await listChangedSubjects(database.reader, { topic: 'request', after, limit: 200 })
  const last = rows.at(-1)
  if (last === undefined) break
  const statements: Statement[] = []
  for (const { channel, id } of rows) {
    document += 1
    const rare = document % rareEvery === 0 ? ' needle 灯塔' : ''
    const text = `Case ${document} of host ${document % 251}.${document % 241}: ${english}. ${chinese}${rare}`
    statements.push(
      ...putText({ document, channel, subject: id, title: text.slice(0, 80), missing: false }, listWords(text)),
    )
    if (document % assignedEvery === 0) {
      statements.push(assign({ channel, subject: id, account: 'operator', assignedBy: 'operator', assigned: 1 }))
    }
  }
  after = last.changed
  await database.writer.commit([...statements, putSetting('texts-read-until', String(after))])
}
await database.close()
