// The text of `pack.yaml` or `pack.json` as a value, with the place of everything in it kept, so that whatever is found
// wrong later has a line. YAML 1.2 core schema without aliases, tags and second documents; JSON is a part of it.

import { isAlias, isMap, isPair, isScalar, isSeq, LineCounter, parseAllDocuments, visit, type Document, type Node } from 'yaml'
import type { Problem } from './error.ts'

export const packSourceBytesMax = 524_288

export type SourceCode =
  | 'pack.syntax'
  | 'pack.duplicate-key'
  | 'pack.alias'
  | 'pack.tag'
  | 'pack.documents'
  | 'pack.limit'

/** A parsed source, and where in it things are. */
export interface PackFile {
  readonly file: string
  readonly value: unknown
  readonly problems: readonly Problem[]
  /** A problem with what a JSON pointer points at, or with what would have held it. */
  readonly problemAt: (code: string, message: string, pointer: string) => Problem
}

/** Reads a pack's source. Problems are returned, never thrown; with any, `value` is undefined. */
export function parsePackFile(file: string, source: string): PackFile {
  const lines = new LineCounter()
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) }
  }
  if (source.length > packSourceBytesMax) {
    const message = `the file is longer than ${packSourceBytesMax} characters`
    return broken(file, [{ code: 'pack.limit', message, file, line: 1, column: 1 }])
  }
  const documents = parseAllDocuments(source, { lineCounter: lines, strict: true, uniqueKeys: true, stringKeys: true })
  const [document, second] = 'empty' in documents ? [] : documents
  if (document === undefined) {
    return broken(file, [{ code: 'pack.syntax', message: 'the file is empty', file, line: 1, column: 1 }])
  }
  const problems: Problem[] = [...document.errors, ...document.warnings].map((error) => ({
    code: error.code === 'DUPLICATE_KEY' ? 'pack.duplicate-key' : error.code.startsWith('TAG_') ? 'pack.tag' : 'pack.syntax',
    message: error.message.split('\n')[0]!.replace(/ at line \d+, column \d+:?$/, ''),
    ...at(error.pos[0]),
  }))
  if (second !== undefined) {
    problems.push({ code: 'pack.documents', message: 'a second document begins here', ...at(second.range[0]) })
  }
  visit(document, (_, node) => {
    if (!isAlias(node) && !isScalar(node) && !isMap(node) && !isSeq(node)) return
    const offset = node.range?.[0] ?? 0
    if (isAlias(node) || node.anchor !== undefined) {
      problems.push({ code: 'pack.alias', message: 'anchors and aliases are not admitted', ...at(offset) })
    } else if (node.tag !== undefined) {
      problems.push({ code: 'pack.tag', message: `the tag ${node.tag} is not admitted`, ...at(offset) })
    }
  })
  if (problems.length > 0) return broken(file, problems)
  return {
    file,
    value: document.toJS({ maxAliasCount: 0 }),
    problems: [],
    problemAt: (code, message, pointer) => ({ code, message, pointer, ...at(offsetOf(document, pointer)) }),
  }
}

function broken(file: string, problems: readonly Problem[]): PackFile {
  const problemAt = (code: string, message: string): Problem => ({ code, message, file })
  return { file, value: undefined, problems, problemAt }
}

/** The offset of what the pointer names: a field's name, a list's item, or the nearest thing around what is not there. */
function offsetOf(document: Document.Parsed, pointer: string): number {
  let node: Node | null = document.contents
  let offset = node?.range?.[0] ?? 0
  for (const part of pointer.split('/').slice(1)) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~')
    if (isMap(node)) {
      const pair = node.items.find((item) => isPair(item) && isScalar(item.key) && String(item.key.value) === name)
      if (pair === undefined || !isScalar(pair.key)) return offset
      offset = pair.key.range?.[0] ?? offset
      node = pair.value as Node | null
    } else if (isSeq(node)) {
      node = (node.items[Number(name)] ?? null) as Node | null
      offset = node?.range?.[0] ?? offset
    } else return offset
  }
  return offset
}
