// Checks the files of evidence of a node against its entries: every item of every channel, and every file that is there.

import type { Genesis } from '@parley/record'
import { viewSubject } from '@parley/mechanism'
import type { Act } from '@parley/mechanism'
import { pageUploads } from '../db/evidence-uploads.ts'
import { pageRowsMax } from '../db/page.ts'
import type { Reader } from '../db/statement.ts'
import { checkFile, dutyOf } from '../evidence/check-files.ts'
import type { ExpectedFile, FileDuty } from '../evidence/check-files.ts'
import type { EvidenceFolder } from '../evidence/evidence-folder.ts'
import type { ContentParts } from './fsck-content.ts'

type Subjects = ReadonlyMap<string, ReadonlyMap<string, readonly Act[]>>

/** Names of the files as they were before the rows were read: what comes while the check runs is not called an orphan. */
export interface FoundFiles {
  readonly items: readonly string[]
  readonly uploads: readonly string[]
  readonly arrivals: readonly string[]
}

export async function listFound(folder: EvidenceFolder): Promise<FoundFiles> {
  const unfinished = await folder.listUnfinished()
  return { items: (await folder.listItems()).map(({ digest }) => digest), ...unfinished }
}

interface Expected extends ExpectedFile {
  readonly channel: string
  readonly subject: string
}

export interface EvidenceParts extends ContentParts {
  readonly self: string
  readonly folder: EvidenceFolder
  readonly found: FoundFiles
  readonly progress: (done: number, total: number) => void
}

/** Returns how many files that must be here were looked through. */
export async function checkEvidence(
  parts: EvidenceParts,
  geneses: readonly Genesis[],
  replayed: Subjects,
): Promise<number> {
  const { crypto, differences, folder, found, progress, reader, self } = parts
  const expected = listExpected(geneses, replayed, self)
  const uploads = await readUploadIds(reader)
  let checked = 0
  const total = [...expected.values()].filter(({ duty }) => duty !== 'gone').length
  progress(0, total)
  for (const item of expected.values()) {
    const { channel, duty, subject } = item
    for (const { expected: wanted, found: is, piece, ...where } of await checkFile(crypto, folder, item)) {
      const place = { channel, subject, ...where, ...(piece === undefined ? {} : { position: piece }) }
      differences.add('evidence', place, wanted, is)
    }
    if (duty === 'gone') continue
    checked += 1
    progress(checked, total)
  }
  for (const digest of found.items) {
    if (expected.has(digest) || uploads.sealed.has(digest)) continue
    if ((await folder.sizeOf(digest)) === undefined) continue
    differences.add('evidence', { digest }, undefined, 'a file that no entry names')
  }
  for (const name of found.uploads) {
    if (!uploads.ids.has(name.split('.', 1)[0]!)) {
      differences.add('evidence', { file: `uploads/${name}` }, undefined, 'a file of no upload')
    }
  }
  for (const name of found.arrivals) {
    const duty = expected.get(name.split('.', 1)[0]!)?.duty ?? 'gone'
    if (duty === 'gone') {
      differences.add('evidence', { file: `arrivals/${name}` }, undefined, 'a file of nothing that was handed over')
    }
  }
  return checked
}

const urgency: readonly FileDuty[] = ['gone', 'coming', 'kept']

/** By digest; where several items name one file, the one that needs it most speaks. */
function listExpected(geneses: readonly Genesis[], replayed: Subjects, self: string): ReadonlyMap<string, Expected> {
  const expected = new Map<string, Expected>()
  for (const { channel, parties } of geneses) {
    const names = parties.map(({ party }) => party)
    for (const [subject, acts] of replayed.get(channel) ?? []) {
      const viewed = viewSubject(subject, acts, names)
      if (viewed.topic !== 'evidence') continue
      const { bytes, ciphertext, pieces } = viewed.state
      const item: Expected = {
        channel,
        subject,
        duty: dutyOf(viewed.state, self),
        facts: { bytes, ciphertext, pieces },
      }
      const known = expected.get(ciphertext)
      if (known === undefined || urgency.indexOf(item.duty) > urgency.indexOf(known.duty)) {
        expected.set(ciphertext, item)
      }
    }
  }
  return expected
}

interface UploadIds {
  readonly ids: ReadonlySet<string>
  /** Digests of files that are sealed and perhaps not recorded yet. */
  readonly sealed: ReadonlySet<string>
}

async function readUploadIds(reader: Reader): Promise<UploadIds> {
  const ids = new Set<string>()
  const sealed = new Set<string>()
  for (let after = ''; ;) {
    const page = await pageUploads(reader, after, pageRowsMax)
    for (const row of page) {
      ids.add(row.id)
      if (row.sealed !== null) sealed.add((JSON.parse(row.sealed) as { ciphertext: string }).ciphertext)
    }
    after = page.at(-1)?.id ?? ''
    if (page.length < pageRowsMax) return { ids, sealed }
  }
}
