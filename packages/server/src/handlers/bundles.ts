// The operations that carry the record as a file.

import type { Operations } from '@parley/api'
import { exportBundle } from '../desk/export-bundle.ts'
import { importBundle } from '../desk/import-bundle.ts'
import { HttpError } from '../http/error.ts'
import type { Handler } from '../http/handler.ts'
import type { ParleyNode } from '../node.ts'

export function createExportBundle(node: ParleyNode): Handler<Operations['exportBundle']> {
  return async ({ body, reaches }) => {
    if (!reaches(body.channel)) throw new HttpError('channel.not-found', 'There is no such channel')
    return exportBundle(node, body)
  }
}

export function createImportBundle(node: ParleyNode): Handler<Operations['importBundle']> {
  return ({ body }) => importBundle(node, body)
}
