// A handler for each operation of the contract: the only place that knows both the contract and the desk.

import type { ParleyNode } from '../node.ts'
import type { Handlers } from '../http/handler.ts'
import type { PeerLinks } from '../peers/peer-link.ts'
import { createAppendAct, createAppendEntry, createViewSeen } from './acts.ts'
import { createListChannels, createViewAgreement, createViewChannel, createViewCut } from './agreements.ts'
import { createListCalls, createViewCall } from './calls.ts'
import { createViewDirectory } from './directory.ts'
import { createExportBundle, createImportBundle } from './bundles.ts'
import { createImportChannel, createImportPack } from './taking-up.ts'
import {
  createListCosignatures,
  createListEntries,
  createListLogs,
  createViewEntry,
  createViewEntryProof,
  createViewForkProof,
} from './logs.ts'
import { createOpenBody, createViewNode, createViewReadiness } from './nodes.ts'
import { createListPeers, createTestPeer } from './peers.ts'
import { createListPings } from './pings.ts'
import { createListRequests, createViewRequest } from './requests.ts'

export function createHandlers(node: ParleyNode, links: PeerLinks): Handlers {
  return {
    viewNode: createViewNode(node),
    viewReadiness: createViewReadiness(node),
    listChannels: createListChannels(node),
    viewChannel: createViewChannel(node),
    importChannel: createImportChannel(node),
    importPack: createImportPack(node),
    viewAgreement: createViewAgreement(node),
    viewDirectory: createViewDirectory(node),
    listCalls: createListCalls(node),
    viewCall: createViewCall(node),
    listPings: createListPings(node),
    viewCut: createViewCut(node),
    appendAct: createAppendAct(node),
    appendEntry: createAppendEntry(node),
    viewSeen: createViewSeen(node),
    listRequests: createListRequests(node),
    viewRequest: createViewRequest(node),
    listLogs: createListLogs(node),
    listEntries: createListEntries(node),
    viewEntry: createViewEntry(node),
    viewEntryProof: createViewEntryProof(node),
    listCosignatures: createListCosignatures(node),
    viewForkProof: createViewForkProof(node),
    openBody: createOpenBody(node),
    listPeers: createListPeers(node, links),
    testPeer: createTestPeer(node),
    exportBundle: createExportBundle(node),
    importBundle: createImportBundle(node),
  }
}
