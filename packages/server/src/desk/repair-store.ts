// Repairs what can be made again from what a node holds (`parley fsck --repair`): titles and the index of words, which the
// node reads from its bodies at its next start, and the columns of lists that follow from other tables. It touches nothing
// that anybody signed.

import { openDatabase } from '../db/database.ts'
import { forgetAllTexts } from '../db/texts.ts'
import { restateAssigned } from '../db/work-marks.ts'
import { databaseUrl } from '../home.ts'
import type { Home } from '../home.ts'

/** @throws DatabaseError `db.locked` while the node is running, `db.*` */
export async function repairStore(home: Home): Promise<void> {
  const database = await openDatabase(databaseUrl(home))
  try {
    await database.writer.commit([...forgetAllTexts(), restateAssigned()])
    await database.purge()
  } finally {
    await database.close()
  }
}
