// The shapes that have a name of their own in the OpenAPI document, so that a generated client has classes for them.

import { actView, approvalMark, bodyMark, may } from './act.ts'
import { adoption, agreementView, agreementText, anchor, commitment, packView } from './agreement.ts'
import { openedBody } from './body.ts'
import { bundleImport } from './bundle.ts'
import { channelView, channelRow } from './channel.ts'
import { cutView } from './cut.ts'
import { colleague, draftRow, draftSaved, draftView } from './draft.ts'
import { contactState, directoryView } from './directory.ts'
import { entryView, entryProof, entryRow, official, verifierKey } from './entry.ts'
import { nodeEvent } from './event.ts'
import { callRow, callView } from './hotline.ts'
import { dataValue, interval, stateValue } from './identifiers.ts'
import { inboxFilter, inboxRow, savedFilter } from './inbox.ts'
import { cosignature, cosigner, forkProof, logView } from './log.ts'
import { nodeView } from './node.ts'
import { noticePreferences, webhook } from './notice.ts'
import { peerView, peerTest } from './peer.ts'
import { pingFigures, pingRow } from './ping.ts'
import { seenView, seenHead, sealingRecipient } from './prepared-entry.ts'
import { fieldProblem, problem } from './problem.ts'
import { passkeyView, assertionOptions, creationOptions } from './sign-in.ts'
import { changeOutcome, changeView, personView, securityEventView } from './people.ts'
import { sessionRow } from './own-account.ts'
import { approval, releaseApproval, releaseRow, releaseView } from './release.ts'
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
  Approval: approval,
  ApprovalMark: approvalMark,
  AssertionOptions: assertionOptions,
  BodyMark: bodyMark,
  BundleImport: bundleImport,
  CallRow: callRow,
  CallView: callView,
  ChannelView: channelView,
  ChannelRow: channelRow,
  ChangeOutcome: changeOutcome,
  ChangeView: changeView,
  Clock: clock,
  Colleague: colleague,
  Commitment: commitment,
  ContactState: contactState,
  Cosignature: cosignature,
  Cosigner: cosigner,
  CreationOptions: creationOptions,
  CutView: cutView,
  DataValue: dataValue,
  DirectoryView: directoryView,
  DraftRow: draftRow,
  DraftSaved: draftSaved,
  DraftView: draftView,
  EntryView: entryView,
  EntryProof: entryProof,
  EntryReference: entryReference,
  EntryRow: entryRow,
  NodeEvent: nodeEvent,
  FieldProblem: fieldProblem,
  ForkProof: forkProof,
  InboxFilter: inboxFilter,
  InboxRow: inboxRow,
  Interval: interval,
  LogView: logView,
  May: may,
  NodeView: nodeView,
  NoticePreferences: noticePreferences,
  Official: official,
  OpenedBody: openedBody,
  PackView: packView,
  PasskeyView: passkeyView,
  PeerView: peerView,
  PeerTest: peerTest,
  PersonView: personView,
  PingFigures: pingFigures,
  PingRow: pingRow,
  Problem: problem,
  Recorded: recorded,
  ReleaseApproval: releaseApproval,
  ReleaseRow: releaseRow,
  ReleaseView: releaseView,
  RequestView: requestView,
  RequestRow: requestRow,
  SavedFilter: savedFilter,
  SealingRecipient: sealingRecipient,
  SeenView: seenView,
  SeenHead: seenHead,
  SecurityEventView: securityEventView,
  SessionRow: sessionRow,
  SessionView: sessionView,
  Standing: standing,
  StateValue: stateValue,
  Verdict: verdict,
  VerifierKey: verifierKey,
  Webhook: webhook,
}
