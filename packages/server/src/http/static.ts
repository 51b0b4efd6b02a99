// The console's files, read once at the start and served from memory: a request names a file by its exact path or gets
// none, so no request ever becomes a path of the disk.

import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { HttpError } from './error.ts'
import { pagePolicy } from './headers.ts'
import { staticBytesMax, staticFilesMax } from './limits.ts'
import { matchesTemplate } from './target.ts'

export interface StaticFiles {
  /** The file at a path, or the console's page where the path is one of its own; undefined for anything else. */
  answer(path: string, headers: Headers): Response | undefined
}

interface StaticFile {
  readonly media: string
  readonly etag: string
  readonly cache: string
  readonly bytes: Uint8Array<ArrayBuffer>
  /** Compressed once; undefined where it would not help. */
  readonly gzip: Uint8Array<ArrayBuffer> | undefined
}

const medias: Readonly<Record<string, { readonly media: string; readonly text: boolean }>> = {
  '.html': { media: 'text/html; charset=utf-8', text: true },
  '.js': { media: 'text/javascript; charset=utf-8', text: true },
  '.css': { media: 'text/css; charset=utf-8', text: true },
  '.json': { media: 'application/json', text: true },
  '.webmanifest': { media: 'application/manifest+json', text: true },
  '.svg': { media: 'image/svg+xml', text: true },
  '.txt': { media: 'text/plain; charset=utf-8', text: true },
  '.map': { media: 'application/json', text: true },
  '.png': { media: 'image/png', text: false },
  '.ico': { media: 'image/x-icon', text: false },
  '.woff2': { media: 'font/woff2', text: false },
}

const hashed = /^\/assets\/[^/]+-[A-Za-z0-9_-]{8,}\.[a-z0-9]+$/
const page = '/index.html'

/**
 * Reads the files of a built console.
 *
 * @param options.paths the console's own paths, with parameters in braces: those, and no others, get its page
 * @throws {HttpError} `static.malformed` for a file of no known media type or a link; `static.limit`
 */
export async function loadStaticFiles(options: {
  readonly folder: string
  readonly paths: readonly string[]
}): Promise<StaticFiles> {
  const files = new Map<string, StaticFile>()
  let total = 0
  for (const entry of await readdir(options.folder, { recursive: true, withFileTypes: true })) {
    if (entry.isDirectory()) continue
    const place = join(entry.parentPath, entry.name)
    const path = place.slice(join(options.folder, '/').length - 1).replaceAll('\\', '/')
    if (!entry.isFile()) throw new HttpError('static.malformed', `${path} is not a plain file`)
    const bytes = await readFile(place)
    total += bytes.length
    if (files.size >= staticFilesMax || total > staticBytesMax) {
      throw new HttpError('static.limit', 'The console has more or larger files than the node keeps')
    }
    files.set(path, staticFile(path, new Uint8Array(bytes)))
  }
  const index = files.get(page)
  if (index === undefined) throw new HttpError('static.malformed', 'The console has no index.html')
  return {
    answer(path, headers) {
      const file = files.get(path) ?? (options.paths.some((own) => matchesTemplate(own, path)) ? index : undefined)
      return file === undefined ? undefined : answerOf(file, headers)
    },
  }
}

function staticFile(path: string, bytes: Uint8Array<ArrayBuffer>): StaticFile {
  const kind = medias[extname(path)]
  if (kind === undefined) throw new HttpError('static.malformed', `${path} has no media type that the node serves`)
  const gzip = kind.text ? new Uint8Array(gzipSync(bytes, { level: 9 })) : undefined
  return {
    media: kind.media,
    etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
    cache: hashed.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
    bytes,
    gzip: gzip !== undefined && gzip.length < bytes.length ? gzip : undefined,
  }
}

function answerOf(file: StaticFile, request: Headers): Response {
  const headers = new Headers({
    'content-type': file.media,
    'cache-control': file.cache,
    'content-security-policy': pagePolicy,
    etag: file.etag,
    vary: 'accept-encoding',
  })
  if (request.get('if-none-match') === file.etag) return new Response(null, { status: 304, headers })
  if (file.gzip !== undefined && acceptsGzip(request.get('accept-encoding') ?? '')) {
    headers.set('content-encoding', 'gzip')
    return new Response(file.gzip, { headers })
  }
  return new Response(file.bytes, { headers })
}

function acceptsGzip(header: string): boolean {
  return header.split(',').some((part) => /^\s*gzip\s*(;\s*q=(1(\.0*)?|0?\.[0-9]*[1-9][0-9]*)\s*)?$/.test(part))
}
