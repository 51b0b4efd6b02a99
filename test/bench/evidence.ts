// Evidence: how fast one node takes in, seals and stores a file that comes in pieces over its interface, and how much memory
// it takes for it; beside what sealing and storing are made of, the raw cipher, the hash and the disk, on one thread in the same run.

import { createCipheriv, createHash, randomBytes } from 'node:crypto'
import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { limits } from '@parley/api'
import type { Client } from '@parley/api/client'
import type { Bench, Benchmark } from './bench.ts'
import { rateOf, repeat, rowOf, secondsOf, spreadOf } from './measure.ts'
import type { Limit, Row } from './measure.ts'
import { createParties, openParty, startBoth, until } from './parties.ts'
import type { RunningParty } from './parties.ts'
import { processorSecondsOf, readProcess } from './process-figures.ts'
import { startProcess } from '../../bin/start/node-process.ts'

const chunk = randomBytes(64 * 1024)
const piece = randomBytes(limits.uploadPieceBytesMax)
const megabyte = 1e6
/** The digest, the pieces and the commitment of a file are three hashes over it. */
const hashesOfFile = 3
const probeBytes = 256 * 1024 * 1024

export const evidence: Benchmark = {
  name: 'evidence',
  async run(bench) {
    const folder = join(bench.folder, 'evidence')
    await mkdir(folder)
    const raw = await measureRaw(bench, folder)
    const parties = await createParties(folder)
    const both = await startBoth(parties)
    await both.cn.process.stop()
    let { us } = both
    const place = { channel: parties.channel }
    const megabytes = bench.evidenceBytes / megabyte
    const sealed = await repeat(bench.quick ? 2 : 3, () =>
      processorSecondsOf(us.process.id, () => secondsOf(() => sendFile(us.client, place, bench.evidenceBytes))),
    )
    const figures = await readProcess(us.process.id)

    const half = await begin(us.client, place, bench.evidenceBytes)
    const offset = await sendPieces(us.client, { ...place, id: half }, 0, Math.ceil(bench.evidenceBytes / 2))
    await us.process.stop()
    us = await restart(parties.home('us'), us)
    const resumed = await secondsOf(() => goOn(us.client, { ...place, id: half }))
    const resuming = await readProcess(us.process.id)
    await us.process.stop()

    const rates = sealed.map(({ result }) => megabytes / result)
    const name = `evidence: ${Math.round(megabytes)} MB sealed and stored`
    return [
      ...raw.rows,
      rowOf(name, 'MB/s', rates, raw.cipher),
      rowOf(`${name}, beside the disk`, 'MB/s', rates, raw.disk),
      rowOf(`${name}, beside all it is made of`, 'MB/s', rates, raw.together),
      rowOf(
        'evidence: processor time of the node',
        's/GB',
        sealed.map(({ seconds }) => (seconds / megabytes) * 1000),
      ),
      rowOf('evidence: sealed anew after a restart', 'MB/s', [offset / megabyte / resumed], raw.cipher),
      ...memoryRow('evidence: memory of the node, at most', figures?.residentBytesMax),
      ...memoryRow('evidence: memory of the node while it seals anew, at most', resuming?.residentBytesMax),
    ]
  },
}

function memoryRow(name: string, bytes: number | undefined): Row[] {
  return bytes === undefined ? [] : [rowOf(name, 'MB', [bytes / megabyte], { name: 'allowed', value: 300 })]
}

interface Raw {
  readonly rows: readonly Row[]
  readonly cipher: Limit
  readonly disk: Limit
  /** The cipher, the hashes and the disk one after the other. */
  readonly together: Limit
}

async function measureRaw({ quick, times }: Bench, folder: string): Promise<Raw> {
  const slice = quick ? 300 : 1000
  const key = randomBytes(32)
  const perChunk = chunk.length / megabyte
  const cipher = await repeat(times, async () => {
    return perChunk * rateOf(slice, (i) => sealRaw(key, i))
  })
  const hash = await repeat(times, async () => {
    return perChunk * rateOf(slice, () => createHash('sha256').update(chunk).digest())
  })
  const disk = await repeat(times, async () => probeBytes / megabyte / (await secondsOf(() => writeRaw(folder))))
  const middle = (figures: readonly number[]): number => spreadOf(figures).median
  const together = 1 / (1 / middle(cipher) + hashesOfFile / middle(hash) + 1 / middle(disk))
  return {
    rows: [
      rowOf('ChaCha20-Poly1305 of 64 KiB, one thread', 'MB/s', cipher),
      rowOf('SHA-256 of 64 KiB, one thread', 'MB/s', hash),
      rowOf('write 4 MiB and fdatasync', 'MB/s', disk),
    ],
    cipher: { name: 'raw cipher', value: middle(cipher) },
    disk: { name: 'raw disk', value: middle(disk) },
    together: { name: 'cipher, three hashes and disk in turn', value: together },
  }
}

function sealRaw(key: Uint8Array, index: number): void {
  const nonce = Buffer.alloc(12)
  nonce.writeUIntBE(index, 5, 6)
  const cipher = createCipheriv('chacha20-poly1305', key, nonce, { authTagLength: 16 })
  cipher.update(chunk)
  cipher.final()
  cipher.getAuthTag()
}

function writeRaw(folder: string): void {
  const path = join(folder, 'disk-probe')
  const file = openSync(path, 'w')
  for (let written = 0; written < probeBytes; written += piece.length) {
    writeSync(file, piece)
    fdatasyncSync(file)
  }
  closeSync(file)
  rmSync(path)
}

interface Upload {
  readonly channel: string
  readonly id: string
}

async function begin(client: Client, { channel }: { readonly channel: string }, length: number): Promise<string> {
  const metadata = { filename: 'capture.pcap', handling: 'amber' }
  const headers = {
    'tus-resumable': '1.0.0',
    'upload-length': String(length),
    'upload-metadata': Object.entries(metadata)
      .map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
      .join(','),
  }
  return (await client.openUpload({ params: { channel }, headers })).id
}

/** Sends pieces from one offset until another is reached; returns where it is then. */
async function sendPieces(client: Client, params: Upload, from: number, to: number): Promise<number> {
  let offset = from
  while (offset < to) {
    const body = new Uint8Array(piece.subarray(0, Math.min(piece.length, to - offset)))
    const headers = { 'tus-resumable': '1.0.0', 'upload-offset': String(offset) }
    await client.appendUpload({ params, headers, body })
    offset += body.length
  }
  return offset
}

async function sendFile(client: Client, place: { readonly channel: string }, length: number): Promise<void> {
  const params = { ...place, id: await begin(client, place, length) }
  await sendPieces(client, params, 0, length)
  if ((await client.viewUpload({ params })).item === null) throw new Error('the file did not become an item')
}

/** One byte more after a restart: what was there is sealed anew for it. */
async function goOn(client: Client, params: Upload): Promise<void> {
  const { offset } = await client.viewUpload({ params })
  await sendPieces(client, params, offset, offset + 1)
}

async function restart(home: string, before: RunningParty): Promise<RunningParty> {
  await before.process.ended
  const party = await openParty(home, await startProcess(home, undefined))
  await until('up', async () => void (await party.client.viewHealth({})))
  return party
}
