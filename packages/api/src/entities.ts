// The shapes that have a name of their own in the OpenAPI document, so that a generated client has classes for them.

import { actView, approvalMark, bodyMark, may } from './act.ts'
import { adoption, agreementView, agreementText, anchor, commitment, packView } from './agreement.ts'
import { openedBody } from './body.ts'
import { bundleImport } from './bundle.ts'
import { channelView, channelRow } from './channel.ts'
import { cutView } from './cut.ts'
import { contactState, directoryView } from './directory.ts'
import { entryView, entryProof, entryRow, official, verifierKey } from './entry.ts'
import { nodeEvent } from './event.ts'
import { callRow, callView } from './hotline.ts'
import { dataValue, interval, stateValue } from './identifiers.ts'
import { cosignature, cosigner, forkProof, logView } from './log.ts'
import { nodeView } from './node.ts'
import { peerView, peerTest } from './peer.ts'
import { pingFigures, pingRow } from './ping.ts'
import { seenView, seenHead, sealingRecipient } from './prepared-entry.ts'
import { fieldProblem, problem } from './problem.ts'
import { clock, requestView, requestRow } from './request.ts'
import { sessionView } from './session.ts'
import { entryReference, recorded, standing, verdict } from './standing.ts'
import type { z } from './zod.ts'

export const entities: Readonly<Record<string, z.ZodType>> = {
  ActView: actView,
  Adoption: adoption,
  AgreementView: agreementView,
  AgreementText: agreementText,
  Anchor: anchor,
  ApprovalMark: approvalMark,
  BodyMark: bodyMark,
  BundleImport: bundleImport,
  CallRow: callRow,
  CallView: callView,
  ChannelView: channelView,
  ChannelRow: channelRow,
  Clock: clock,
  Commitment: commitment,
  ContactState: contactState,
  Cosignature: cosignature,
  Cosigner: cosigner,
  CutView: cutView,
  DataValue: dataValue,
  DirectoryView: directoryView,
  EntryView: entryView,
  EntryProof: entryProof,
  EntryReference: entryReference,
  EntryRow: entryRow,
  NodeEvent: nodeEvent,
  FieldProblem: fieldProblem,
  ForkProof: forkProof,
  Interval: interval,
  LogView: logView,
  May: may,
  NodeView: nodeView,
  Official: official,
  OpenedBody: openedBody,
  PackView: packView,
  PeerView: peerView,
  PeerTest: peerTest,
  PingFigures: pingFigures,
  PingRow: pingRow,
  Problem: problem,
  Recorded: recorded,
  RequestView: requestView,
  RequestRow: requestRow,
  SealingRecipient: sealingRecipient,
  SeenView: seenView,
  SeenHead: seenHead,
  SessionView: sessionView,
  Standing: standing,
  StateValue: stateValue,
  Verdict: verdict,
  VerifierKey: verifierKey,
}
