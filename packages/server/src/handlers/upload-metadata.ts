// What an upload's metadata says (tus.io, "Upload-Metadata"): pairs of a key and the base64 of its value. A key that is not
// known, or is there twice, is refused rather than passed over.

import { codeLists } from '@parley/mechanism'
import type { EvidenceOrder } from '../desk/evidence.ts'
import { HttpError } from '../http/error.ts'

const keys = [
  'filename',
  'media',
  'handling',
  'request',
  'to',
  'description',
  'language',
  'use',
  'conditions',
  'exercise',
]
const fileNameLengthMax = 255
const descriptionLengthMax = 4000

/** `members` are the other parties of the channel: without `to`, the item is for all of them. @throws HttpError `upload.metadata` */
export function parseUploadMetadata(text: string, members: readonly string[]): EvidenceOrder {
  const fields = new Map<string, string>()
  for (const pair of text.split(',')) {
    const [key = '', value = '', ...rest] = pair.trim().split(' ')
    if (!keys.includes(key) || fields.has(key) || rest.length > 0) throw refused(key)
    fields.set(key, parseValue(key, value))
  }
  const coded = (key: string, list: readonly string[]): string | undefined => {
    const value = fields.get(key)
    if (value !== undefined && !list.includes(value)) throw refused(key)
    return value
  }
  const filename = fields.get('filename') ?? ''
  const description = fields.get('description') ?? filename
  const media = coded('media', codeLists.evidenceMedia) ?? 'other-media'
  const handling = coded('handling', codeLists.handling)
  const use = coded('use', codeLists.use)
  const language = fields.get('language') ?? 'en'
  const request = fields.get('request')
  const to = fields.get('to')?.split(',') ?? members
  const conditions = fields.get('conditions')?.split(',')
  if (filename === '' || filename.length > fileNameLengthMax) throw refused('filename')
  if (description.trim() === '' || description.length > descriptionLengthMax) throw refused('description')
  if (handling === undefined) throw refused('handling')
  if (request !== undefined && !/^[0-9a-f]{64}$/.test(request)) throw refused('request')
  if (to.length === 0 || !to.every((party) => members.includes(party))) throw refused('to')
  if (
    conditions !== undefined &&
    !conditions.every((one) => (codeLists.condition as readonly string[]).includes(one))
  ) {
    throw refused('conditions')
  }
  if (!['true', undefined].includes(fields.get('exercise'))) throw refused('exercise')
  return {
    filename,
    description,
    language,
    media,
    handling,
    to,
    ...(request === undefined ? {} : { request }),
    ...(use === undefined ? {} : { use }),
    ...(conditions === undefined ? {} : { conditions }),
    ...(fields.has('exercise') ? { exercise: true as const } : {}),
  }
}

function parseValue(key: string, value: string): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.fromBase64(value))
    // A name is one line; what else hides in it is shown escaped wherever it is shown.
    // oxlint-disable-next-line no-control-regex
    return key === 'filename' ? text.replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, '\ufffd') : text
  } catch (cause) {
    throw refused(key, cause)
  }
}

function refused(key: string, cause?: unknown): HttpError {
  const named = keys.includes(key) ? key : 'a key'
  return new HttpError('upload.metadata', `In the metadata of the upload, ${named} is not as it should be`, { cause })
}
