// Writes vectors/record: run it after a change that is meant to change them, and read the difference.
//
//   node vectors/generate/record.ts

import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { ageVectors } from './age.ts'
import { approvalVectors } from './approvals.ts'
import { bodyVectors } from './bodies.ts'
import { bundleVectors } from './bundles.ts'
import { canonicalVectors } from './canonical.ts'
import { caseVectors } from './case-bundles.ts'
import { checkpointVectors } from './checkpoints.ts'
import { cosignatureVectors } from './cosignatures.ts'
import { deliveryVectors } from './deliveries.ts'
import { entryVectors } from './entries.ts'
import { forkVectors } from './forks.ts'
import { genesisVectors } from './genesis.ts'
import { governanceVectors } from './governance.ts'
import { httpSignatureVectors } from './http-signatures.ts'
import { keyVectors } from './keys.ts'
import { merkleVectors } from './merkle.ts'
import { noteVectors } from './notes.ts'
import { policyVectors } from './policies.ts'
import { tileVectors } from './tiles.ts'
import { tlogProofVectors } from './tlog-proofs.ts'
import { verdictVectors } from './verdicts.ts'
import { witnessVectors } from './witness.ts'

/** Each file of vectors/record that is made here, and what it holds. The same in every run. */
export async function recordVectors(): Promise<ReadonlyMap<string, object>> {
  return new Map([
    ['merkle.json', await merkleVectors()],
    ['tiles.json', tileVectors()],
    ['keys.json', await keyVectors()],
    ['notes.json', await noteVectors()],
    ['checkpoints.json', await checkpointVectors()],
    ['cosignatures.json', await cosignatureVectors()],
    ['witness.json', await witnessVectors()],
    ['tlog-proofs.json', await tlogProofVectors()],
    ['policies.json', await policyVectors()],
    ['forks.json', await forkVectors()],
    ['canonical.json', canonicalVectors()],
    ['entries.json', entryVectors()],
    ['approvals.json', await approvalVectors()],
    ['bodies.json', bodyVectors()],
    ['governance.json', await governanceVectors()],
    ['genesis.json', await genesisVectors()],
    ['verdicts.json', await verdictVectors()],
    ['age.json', ageVectors()],
    ['http-signatures.json', await httpSignatureVectors()],
    ['delivery.json', await deliveryVectors()],
    ['bundle.json', await bundleVectors()],
    ['case.json', await caseVectors()],
  ])
}

export function formatVectors(vectors: object): string {
  return `${JSON.stringify(vectors, null, 1)}\n`
}

if (import.meta.main) {
  const folder = fileURLToPath(new URL('../record/', import.meta.url))
  mkdirSync(folder, { recursive: true })
  for (const [name, vectors] of await recordVectors()) writeFileSync(`${folder}${name}`, formatVectors(vectors))
}
