// The operations that carry the record as a file.

import type { Operations } from '@parley/api'
import { exportBundle } from '../desk/export-bundle.ts'
import { importBundle } from '../desk/import-bundle.ts'
import type { Handler } from '../http/handler.ts'
import type { ParleyNode } from '../node.ts'

export function createExportBundle(node: ParleyNode): Handler<Operations['exportBundle']> {
  return ({ body }) => exportBundle(node, body)
}

export function createImportBundle(node: ParleyNode): Handler<Operations['importBundle']> {
  return ({ body }) => importBundle(node, body)
}
