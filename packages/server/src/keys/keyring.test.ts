import { chmod, mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createKeyring, makeMachineKey, openKeyring, signingPurposes } from './keyring.ts'

let folder = ''
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'parley-keys-')), 'keys')
  await createKeyring(folder, 'us.parley.example', new Date('2026-01-01'))
})
afterEach(() => rm(join(folder, '..'), { recursive: true }))

test('[DK21] [T-18] keys are files of their owner alone, one for each purpose, and none serves two', async () => {
  const machine = await makeMachineKey(folder)
  for (const name of await readdir(folder)) {
    expect((await stat(join(folder, name))).mode & 0o077, name).toBe(0)
  }
  expect((await stat(folder)).mode & 0o077).toBe(0)
  const { signers } = await openKeyring(folder)
  expect(signers.machine?.publicKey).toEqual(machine.publicKey)
  const keys = [...signingPurposes.map((purpose) => signers[purpose]), machine].map(({ publicKey }) =>
    publicKey.toHex(),
  )
  expect(new Set(keys).size).toBe(signingPurposes.length + 1)
})

test('[DK21] [T-18] a node whose keys others may read does not open, and no key is ever overwritten', async () => {
  await expect(createKeyring(folder, 'us.parley.example', new Date())).rejects.toMatchObject({ code: 'home.exists' })
  await makeMachineKey(folder)
  await expect(makeMachineKey(folder)).rejects.toMatchObject({ code: 'home.exists' })
  await chmod(folder, 0o755)
  await expect(openKeyring(folder)).rejects.toMatchObject({ code: 'keys.permissions' })
})
