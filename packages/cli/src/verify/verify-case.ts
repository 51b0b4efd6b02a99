// Verifies a case bundle from nothing but the file, and the genesis where the person has it: all of it, or nothing of it is
// shown (docs/spec/case-bundle.md, section 4).

import { genesisDigest, openCase, RecordError } from '@parley/record'
import type { Crypto, OpenedCase } from '@parley/record'
import { demandsOf, findType, joinHandling } from '@parley/mechanism'
import type { Pack } from '@parley/mechanism'
import { tellCase } from './case-acts.ts'
import type { CaseAct } from './case-acts.ts'
import { refused } from './finding.ts'
import type { Finding } from './finding.ts'
import type { Trust } from './trust.ts'

export interface CaseFinding extends Finding {
  readonly acts?: readonly CaseAct[]
}

export async function verifyCaseFile(
  crypto: Crypto,
  bytes: Uint8Array,
  trust: Trust,
  pack: { readonly digest: string; readonly pack: Pack } | undefined,
): Promise<CaseFinding> {
  let opened: OpenedCase
  try {
    opened = await openCase(crypto, bytes, {
      demands: (type) => (findType(type) === undefined ? undefined : demandsOf(type)),
      ...(trust.genesis === undefined ? {} : { genesis: trust.genesis.bytes }),
    })
  } catch (error) {
    if (!(error instanceof RecordError)) throw error
    return refused('case', error.code, 'file', error.message)
  }
  const { bundle, entries } = opened
  const { acts, state } = tellCase(opened, (digest) => (digest === pack?.digest ? pack.pack : undefined))
  const disclosed = acts.filter(({ text }) => typeof text === 'object' && 'disclosed' in text)
  const withheld = acts.filter(({ text }) => typeof text === 'object' && 'withheld' in text)
  const founding = acts.find(({ digest }) => digest === bundle.manifest.subject)
  return {
    kind: 'case',
    facts: {
      label: bundle.label,
      case: bundle.manifest.subject,
      channel: bundle.manifest.channel,
      agreement: bundle.genesis.value.agreement,
      genesis: genesisDigest(crypto, bundle.genesis.bytes),
      ...(pack === undefined ? {} : { pack: pack.digest }),
      ...(state?.topic === 'request' ? { status: state.state.status } : {}),
      ...(disclosed.length === 0
        ? {}
        : { handling: joinHandling(disclosed.map(({ data }) => markingOf(data) ?? markingOf(founding?.data))) }),
    },
    counts: {
      blobs: bundle.manifest.blobs.length,
      entries: entries.length,
      inclusions: entries.length,
      approvals: entries.reduce((sum, { approvedBy }) => sum + approvedBy.length, 0),
      cosignatures: entries.reduce((sum, { cosignatures }) => sum + cosignatures.length, 0),
      disclosed: disclosed.length,
      withheld: withheld.length,
    },
    ineffective: acts.flatMap(({ digest, effect }) =>
      typeof effect === 'string' ? [] : [{ code: effect.refused, where: digest, detail: 'not allowed by the rules' }],
    ),
    failures: [],
    acts,
  }
}

/** What an act says of how it may be handled; the request's marking holds for what says nothing. */
function markingOf(data: CaseAct['data'] | undefined): string | undefined {
  const marking = data?.['handling']
  return typeof marking === 'string' ? marking : undefined
}
