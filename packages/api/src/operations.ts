// The contract: every operation of the HTTP interface, by its name.

import { appendAct } from './act.ts'
import { importPack, viewAgreement } from './agreement.ts'
import { openBody } from './body.ts'
import { exportBundle, importBundle } from './bundle.ts'
import { importChannel, listChannels, viewChannel } from './channel.ts'
import { viewCut } from './cut.ts'
import { viewDirectory } from './directory.ts'
import { listEntries, viewEntry, viewEntryProof } from './entry.ts'
import { streamEvents } from './event.ts'
import { listCalls, viewCall } from './hotline.ts'
import { listCosignatures, listLogs, viewForkProof } from './log.ts'
import { viewContract, viewHealth, viewNode, viewReadiness } from './node.ts'
import { listPeers, testPeer } from './peer.ts'
import { listPings } from './ping.ts'
import { appendEntry, viewSeen } from './prepared-entry.ts'
import { listRequests, viewRequest } from './request.ts'
import { signIn, signOut, viewSession } from './session.ts'

export const operations = {
  signIn,
  viewSession,
  signOut,
  viewNode,
  listChannels,
  viewChannel,
  importChannel,
  appendAct,
  appendEntry,
  viewSeen,
  listRequests,
  viewRequest,
  listCalls,
  viewCall,
  viewDirectory,
  listPings,
  viewAgreement,
  importPack,
  viewCut,
  listLogs,
  listEntries,
  viewEntry,
  viewEntryProof,
  listCosignatures,
  viewForkProof,
  openBody,
  listPeers,
  testPeer,
  exportBundle,
  importBundle,
  streamEvents,
  viewHealth,
  viewReadiness,
  viewContract,
} as const

export type Operations = typeof operations
export type OperationName = keyof Operations
