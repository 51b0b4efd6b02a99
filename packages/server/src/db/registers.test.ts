// The tables with little to say each: channels, packs, peers, tokens, heads, forks and idempotency keys.

import { expect, it } from 'vitest'
import { onEachDialect } from '../../test-support/dialects.ts'
import { addSampleLogs, digestOf, refusalOf } from '../../test-support/stored-rows.ts'
import { addChannel, listChannels, putAgreement, readChannel } from './channels.ts'
import { keepFork, listForks } from './forks.ts'
import { listHeads, readHeads, rememberHeads } from './heads.ts'
import type { SeenHead } from './heads.ts'
import { forgetIdempotencyKeys, readIdempotencyKey, takeIdempotencyKeys } from './idempotency.ts'
import { addPack, listPacks } from './packs.ts'
import { listPeers, notePeerContact, notePeerFailure, putPeer } from './peers.ts'
import { addToken, listTokens, noteTokenUse, readToken, revokeToken } from './tokens.ts'

const bytes = new Uint8Array([1, 2, 3])

onEachDialect((dialect) => {
  it('a channel has its genesis for good and an agreement that changes', async () => {
    const database = await dialect.open()
    await database.writer.commit([addChannel('b', bytes), addChannel('a', bytes)])
    expect(await refusalOf(() => database.writer.commit([addChannel('a', new Uint8Array())]))).toBe('db.conflict')
    const agreed = { channel: 'a', pack: '{}', agreement: 'ab' }
    await database.writer.commit([putAgreement(agreed)])
    expect(await readChannel(database.reader, 'a')).toEqual({ ...agreed, genesis: bytes })
    expect(await readChannel(database.reader, 'none')).toBeUndefined()
    expect((await listChannels(database.reader)).map(({ channel, agreement }) => [channel, agreement])).toEqual([
      ['a', 'ab'],
      ['b', null],
    ])
    expect(await refusalOf(() => database.writer.commit([putAgreement({ ...agreed, channel: 'none' })]))).toBe(
      'db.conflict',
    )
  })

  it('a peer keeps its card when its address changes, and says how the link has been', async () => {
    const database = await dialect.open()
    const peer = { party: 'cn', card: bytes, address: 'https://old.example', transport: 'aa' }
    await database.writer.commit([putPeer(peer), notePeerContact('cn', 10, -5), notePeerFailure('cn', 20, 'peer.pin')])
    const moved = { ...peer, card: new Uint8Array(), address: 'https://new.example', transport: 'bb' }
    await database.writer.commit([putPeer(moved)])
    const link = { lastAttempt: 20, lastContact: 10, lastError: 'peer.pin', clockOffset: -5 }
    expect(await listPeers(database.reader)).toEqual([{ ...moved, card: bytes, ...link }])
    await database.writer.commit([notePeerContact('cn', 30, null)])
    expect(await listPeers(database.reader)).toMatchObject([{ lastContact: 30, lastError: null, clockOffset: null }])
  })

  it('a token is found by its hash, used and revoked once', async () => {
    const database = await dialect.open()
    const token = { hash: digestOf('token'), name: 'case system', roles: ['liaison', 'duty'], created: 1, expires: 9 }
    await database.writer.commit([
      addToken(token),
      addToken({ ...token, hash: digestOf('other'), created: 0, expires: null }),
    ])
    expect(await refusalOf(() => database.writer.commit([addToken(token)]))).toBe('db.conflict')
    await database.writer.commit([noteTokenUse(token.hash, 5), revokeToken(token.hash, 6)])
    expect(await readToken(database.reader, token.hash)).toEqual({ ...token, lastUsed: 5, revoked: 6 })
    expect(await refusalOf(() => database.writer.commit([revokeToken(token.hash, 7)]))).toBe('db.conflict')
    expect(await readToken(database.reader, digestOf('none'))).toBeUndefined()
    expect((await listTokens(database.reader)).map(({ created }) => created)).toEqual([0, 1])
  })

  it('heads are remembered once each, and two of one size are both there', async () => {
    const database = await dialect.open()
    await addSampleLogs(database, 2)
    const head = (size: number, branch: string): SeenHead => ({
      log: 1,
      size,
      root: digestOf(branch),
      note: bytes,
      found: 1,
    })
    await database.writer.commit(rememberHeads([head(1, 'a'), head(2, 'a'), head(2, 'b'), { ...head(2, 'a'), log: 2 }]))
    await database.writer.commit(rememberHeads([{ ...head(2, 'a'), note: new Uint8Array(), found: 2 }]))
    const forked = [head(2, 'a'), head(2, 'b')].sort((a, b) => Buffer.compare(a.root, b.root))
    expect(await readHeads(database.reader, 1, 2)).toEqual(forked)
    expect(await listHeads(database.reader, { log: 1, limit: 10 })).toEqual([...forked, head(1, 'a')])
    expect(await listHeads(database.reader, { log: 1, below: 2, limit: 10 })).toEqual([head(1, 'a')])
  })

  it('a fork proof is kept once', async () => {
    const database = await dialect.open()
    await addSampleLogs(database, 1)
    const fork = { log: 1, digest: digestOf('fork'), proof: bytes, found: 1 }
    await database.writer.commit([keepFork(fork), keepFork({ ...fork, found: 2 })])
    expect(await listForks(database.reader)).toEqual([fork])
  })

  it('a pack is kept once', async () => {
    const database = await dialect.open()
    const pack = { digest: 'ab', pack: '{}', added: 1 }
    await database.writer.commit([addPack(pack), addPack({ ...pack, added: 2 }), addPack({ ...pack, digest: 'aa' })])
    expect(await listPacks(database.reader)).toEqual([{ ...pack, digest: 'aa' }, pack])
  })

  it('an idempotency key is taken once and forgotten when it is old', async () => {
    const database = await dialect.open()
    await addSampleLogs(database, 1)
    const key = (name: string, created: number) => ({ key: name, log: 1, position: 4, created })
    await database.writer.commit(takeIdempotencyKeys([key('a', 1), key('b', 2)]))
    expect(await refusalOf(() => database.writer.commit(takeIdempotencyKeys([key('a', 3)])))).toBe('db.conflict')
    await database.writer.commit([forgetIdempotencyKeys(2)])
    expect(await readIdempotencyKey(database.reader, 'a')).toBeUndefined()
    expect(await readIdempotencyKey(database.reader, 'b')).toEqual(key('b', 2))
  })
})
