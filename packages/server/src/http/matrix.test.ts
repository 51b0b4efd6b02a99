// The authorisation matrix: every operation, every role, held in the channel that is asked about, in another one, or for the
// whole node. What must come is written down by hand below, apart from the policies, and a new operation without a row fails.

import { roles } from '@parley/api'
import type { OperationName, Role } from '@parley/api'
import { describe, expect, test } from 'vitest'
import { shellOperations } from './handler.ts'
import type { Grant } from './handler.ts'
import { examples } from './testing/examples.ts'
import {
  contract,
  cookieName,
  createTestApp,
  exampleRequest,
  exampleUrl,
  operationNames,
  sameOrigin,
} from './testing/test-app.ts'

/** Letters of the roles: Administrator, aUditor, Cochair, Duty, Liaison, Operator, Policy, Releasing, Stakeholder. */
const letters: Readonly<Record<string, Role>> = {
  A: 'administrator',
  U: 'auditor',
  C: 'cochair',
  D: 'duty',
  L: 'liaison',
  O: 'operator',
  P: 'policy',
  R: 'releasing',
  S: 'stakeholder',
}
const everybody = 'AUCDLOPRS'
const insiders = 'AUCDLOPR'
const readers = 'UCDLOPR'
const writers = 'CDLOPR'
const desk = 'CDLPR'

/** Who may, and where the role must be held; `!` marks what needs the person to have been verified a moment ago. */
const matrix: Readonly<
  Record<OperationName, readonly [who: string, where: 'public' | 'self' | 'node' | 'channel' | 'any']>
> = {
  signIn: [everybody, 'public'],
  viewSignIn: [everybody, 'public'],
  beginPasskeySignIn: [everybody, 'public'],
  signInWithPasskey: [everybody, 'public'],
  beginOidcSignIn: [everybody, 'public'],
  signInWithOidc: [everybody, 'public'],
  beginEnrolment: [everybody, 'public'],
  enrolPasskey: [everybody, 'public'],
  viewHealth: [everybody, 'public'],
  viewReadiness: [everybody, 'public'],
  viewContract: [everybody, 'public'],
  viewSession: [everybody, 'self'],
  signOut: [everybody, 'self'],
  beginVerification: [everybody, 'self'],
  verifySession: [everybody, 'self'],
  listSessions: [everybody, 'self'],
  endSession: [everybody, 'self'],
  listPasskeys: [everybody, 'self'],
  beginPasskey: [`${everybody}!`, 'self'],
  addPasskey: [`${everybody}!`, 'self'],
  removePasskey: [`${everybody}!`, 'self'],
  beginCommandLine: [`${everybody}!`, 'self'],
  signInOnCommandLine: [everybody, 'public'],
  beginKeyProof: [everybody, 'self'],
  verifySessionWithKey: [everybody, 'self'],
  enrolOwnKey: [everybody, 'self'],
  viewNode: [everybody, 'self'],
  streamEvents: [everybody, 'self'],
  listPeople: ['AUO', 'node'],
  addPerson: ['AO!', 'node'],
  putRoles: ['AO!', 'node'],
  endPerson: ['AO!', 'node'],
  recoverPerson: ['AO!', 'node'],
  enrolOfficial: ['A!', 'node'],
  approveChange: ['AO!', 'node'],
  rejectChange: ['AO!', 'node'],
  listPersonSessions: ['AUO', 'node'],
  endPersonSessions: ['AO', 'node'],
  listSecurityEvents: ['AUO', 'node'],
  importChannel: ['AO', 'node'],
  importPack: ['AOP', 'node'],
  importBundle: ['DLO', 'node'],
  listChannels: [insiders, 'any'],
  viewChannel: [insiders, 'channel'],
  appendAct: [writers, 'channel'],
  appendEntry: ['O', 'channel'],
  viewSeen: [writers, 'channel'],
  listRequests: [readers, 'channel'],
  viewRequest: [readers, 'channel'],
  viewCaseFile: [readers, 'channel'],
  exportCase: ['RO!', 'channel'],
  listEvidence: [readers, 'channel'],
  viewEvidence: [readers, 'channel'],
  viewCertificate: [readers, 'channel'],
  exportEvidence: ['LOR', 'channel'],
  exportBag: ['LOR', 'channel'],
  exportSealedEvidence: ['ULOR', 'channel'],
  listUploads: ['DLOR', 'channel'],
  openUpload: ['DLOR', 'channel'],
  viewUpload: ['DLOR', 'channel'],
  appendUpload: ['DLOR', 'channel'],
  endUpload: ['DLOR', 'channel'],
  createDraft: [desk, 'channel'],
  listDrafts: [readers, 'channel'],
  viewDraft: [readers, 'channel'],
  saveDraft: [desk, 'channel'],
  discardDraft: [desk, 'channel'],
  joinDraft: [desk, 'channel'],
  submitDraft: [desk, 'channel'],
  listReleases: [readers, 'channel'],
  viewRelease: [readers, 'channel'],
  approveRelease: [desk, 'channel'],
  revokeApproval: [desk, 'channel'],
  releaseDraft: [`${desk}!`, 'channel'],
  listInbox: [readers, 'any'],
  assignRequest: [readers, 'channel'],
  watchRequest: [readers, 'channel'],
  markRequestRead: [readers, 'channel'],
  listSavedFilters: [readers, 'any'],
  putSavedFilter: [readers, 'any'],
  removeSavedFilter: [readers, 'any'],
  viewNoticePreferences: [insiders, 'any'],
  putNoticePreferences: [insiders, 'any'],
  addCalendarFeed: [insiders, 'any'],
  endCalendarFeed: [insiders, 'any'],
  viewCalendar: [everybody, 'public'],
  listWebhooks: ['AO', 'node'],
  addWebhook: ['AO', 'node'],
  removeWebhook: ['AO', 'node'],
  listCalls: [readers, 'channel'],
  viewCall: [readers, 'channel'],
  viewCallFigures: [readers, 'channel'],
  listPings: [insiders, 'channel'],
  viewDirectory: [insiders, 'channel'],
  viewAgreement: [insiders, 'channel'],
  viewCut: [insiders, 'channel'],
  listLogs: [insiders, 'any'],
  listEntries: [readers, 'any'],
  viewEntry: [readers, 'any'],
  viewEntryProof: [readers, 'any'],
  listCosignatures: [insiders, 'any'],
  viewForkProof: [insiders, 'any'],
  openBody: [readers, 'any'],
  listPeers: [insiders, 'any'],
  testPeer: ['ADO', 'any'],
  overridePeer: ['ACRO!', 'node'],
  exportBundle: ['UDLO', 'any'],
  addExport: ['UCDLPR', 'channel'],
}

const channel = '0123456789abcdef0123456789abcdef'
const otherChannel = 'fedcba9876543210fedcba9876543210'
const places = { node: null, own: channel, other: otherChannel } as const
type Place = keyof typeof places

/** What a caller with one role in one place is told: the code of the refusal, or that nothing stands in the way. */
function expectedFor(name: OperationName, role: Role, place: Place, verified: boolean): string {
  const [who, where] = matrix[name]
  const may = [...who].some((letter) => letters[letter] === role)
  const asked = who.endsWith('!') && !verified ? 'session.step-up' : 'passes'
  switch (where) {
    case 'public':
      return 'passes'
    case 'self':
      return asked
    case 'node':
      return may && place === 'node' ? asked : 'http.forbidden'
    case 'any':
      return may ? asked : 'http.forbidden'
    case 'channel':
      if (place === 'other') return 'channel.not-found'
      return may ? asked : 'http.forbidden'
  }
}

async function ask(name: OperationName, grants: readonly Grant[], means: 'passkey' | 'token', url?: string) {
  const { app, calls, sessions } = createTestApp()
  const { secret } = sessions.begin({ id: 'caller', grants }, means)
  const headers = { ...sameOrigin, cookie: `${cookieName}=${secret}` }
  const response = await app.fetch(exampleRequest(name, headers, url === undefined ? {} : { url }))
  const { status } = response
  const code = status < 400 ? 'passes' : ((await response.json()) as { code: string }).code
  if (status < 400) await response.body?.cancel()
  return { code, reached: calls.length > 0 }
}

/** The shell's own operations are not handlers and refuse the examples by themselves, after the policy. */
const shellOwn: readonly string[] = shellOperations
const guards = new Set(['http.forbidden', 'session.step-up', 'channel.not-found', 'http.credentials'])

test('[HT35] [T-31] every operation has a row, and no row is of an operation that is not there', () => {
  expect(Object.keys(matrix).sort()).toEqual(operationNames.toSorted())
})

describe.each(operationNames)('[HT35] [T-31] %s', (name) => {
  test.each(roles)('by %s', async (role) => {
    for (const place of Object.keys(places) as Place[]) {
      for (const means of ['passkey', 'token'] as const) {
        const { code, reached } = await ask(name, [{ role, channel: places[place] }], means)
        const expected = expectedFor(name, role, place, means === 'passkey')
        const told = guards.has(code) ? code : 'passes'
        expect(told, `${role} ${place} ${means}`).toBe(expected)
        if (!shellOwn.includes(name)) expect(reached, `${role} ${place} ${means}`).toBe(expected === 'passes')
      }
    }
  })

  test('by nobody, and by somebody without a role', async () => {
    const [, where] = matrix[name]
    if (where === 'public') return
    const bare = await ask(name, [], 'passkey')
    if (where === 'self') expect(bare.code).not.toBe('http.credentials')
    else expect(bare).toEqual({ code: where === 'channel' ? 'channel.not-found' : 'http.forbidden', reached: false })
    const { app, calls } = createTestApp()
    expect((await app.fetch(exampleRequest(name, sameOrigin))).status).toBe(401)
    expect(calls).toEqual([])
  })

  test('[HT36] with the parent swapped, a foreign channel answers as one that is not there', async () => {
    if (matrix[name][1] !== 'channel') return
    const params = { ...(examples[name].params as object), channel: otherChannel }
    const foreign = await ask(name, [{ role: 'duty', channel }], 'passkey', exampleUrl(name, params))
    const unknown = await ask(
      name,
      [{ role: 'duty', channel }],
      'passkey',
      exampleUrl(name, { ...params, channel: '9'.repeat(32) }),
    )
    expect(foreign).toEqual({ code: 'channel.not-found', reached: false })
    expect(unknown).toEqual(foreign)
  })

  test('[HT36] a handler is told how far the caller reaches', async () => {
    const [who, where] = matrix[name]
    if (where !== 'any' || shellOwn.includes(name)) return
    const role = letters[who[0]!]!
    const { app, calls, sessions } = createTestApp()
    const { secret } = sessions.begin({ id: 'caller', grants: [{ role, channel }] }, 'passkey')
    const response = await app.fetch(exampleRequest(name, { ...sameOrigin, cookie: `${cookieName}=${secret}` }))
    await response.body?.cancel()
    const { reaches } = calls[0]!.call as { reaches: (channel: string) => boolean }
    expect([channel, otherChannel, 'governance'].map(reaches)).toEqual([true, false, true])
  })
})

test('[HT37] [T-16] what needs a person to be verified is open for a minute, and not to a token’s session', async () => {
  const { app, clock, sessions } = createTestApp()
  const grants = [{ role: 'administrator', channel: null }] as const
  const code = async (secret: string) => {
    const response = await app.fetch(exampleRequest('addPerson', { ...sameOrigin, cookie: `${cookieName}=${secret}` }))
    return response.status === 200 ? 'passes' : ((await response.json()) as { code: string }).code
  }
  const { id, secret } = sessions.begin({ id: 'caller', grants }, 'passkey')
  expect(await code(secret)).toBe('passes')
  clock.now += 59_999
  expect(await code(secret)).toBe('passes')
  clock.now += 1
  expect(await code(secret)).toBe('session.step-up')
  const again = sessions.verify(id)
  expect(await code(secret)).toBe('http.credentials')
  expect(await code(again!.secret)).toBe('passes')
  clock.now -= 10_000
  expect(await code(again!.secret)).toBe('session.step-up')
  expect(await code(sessions.begin({ id: 'caller', grants }, 'oidc').secret)).toBe('session.step-up')
})

test('[HT20] a call that was under way during a step up does not take the new cookie away', async () => {
  const { app, sessions } = createTestApp()
  const { id, secret } = sessions.begin({ id: 'caller', grants: [] }, 'passkey')
  const verified = sessions.verify(id)!
  const late = await app.fetch(exampleRequest('viewNode', { cookie: `${cookieName}=${secret}` }))
  expect([late.status, late.headers.get('set-cookie')]).toEqual([401, null])
  expect((await app.fetch(exampleRequest('viewNode', { cookie: `${cookieName}=${verified.secret}` }))).status).toBe(200)
})

test('[HT1] the policies and the matrix agree on which operations a token opens', () => {
  for (const name of operationNames) {
    const { policy } = contract[name]
    if (policy.access === 'roles') expect(policy.roles.includes('operator'), name).toBe(matrix[name][0].includes('O'))
  }
})
