import { afterEach, expect, test } from 'vitest'
import { openRequest } from '../../test-support/acts.ts'
import { eventually, foundNodes, testPack, testPackDigest } from '../../test-support/two-nodes.ts'
import { neverDue, putSubjects, readNewestChange, readSubjects } from '../db/subjects.ts'

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close()
})

test('[RD7] rows that were computed without the pack have what is due once it is here', async () => {
  const nodes = await foundNodes()
  closers.push(nodes.close)
  const { node } = nodes.of('cn')
  const { digest } = await openRequest(nodes.of('us'), nodes.channel, 'cn')
  const row = () => readSubjects(node.database.reader, nodes.channel, [digest]).then(([found]) => found)
  const computed = await eventually('the request is there', row)
  expect(computed.due).not.toBeNull()

  const changed = (await readNewestChange(node.database.reader)) + 100
  await node.database.writer.commit(putSubjects([{ ...computed, due: null, dueAt: neverDue, changed }]))
  await node.addPack(testPackDigest, { ...testPack })
  const again = await eventually('computed again', async () => {
    const found = await row()
    return found?.due === null ? undefined : found
  })
  expect(again).toEqual({ ...computed, changed: again.changed })
})
