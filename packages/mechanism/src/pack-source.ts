// The text of `pack.yaml` or `pack.json` as a value, with the place of everything in it kept, so that whatever is found
// wrong later has a line. YAML 1.2 core schema without aliases, tags and second documents; JSON is a part of it.

import {
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  type Document,
  type Node,
} from 'yaml'
import type { Problem } from './error.ts'

/** In UTF-16 units. */
const packSourceLengthMax = 524_288
const depthMax = 16

export type SourceCode =
  | 'pack.syntax'
  | 'pack.duplicate-key'
  | 'pack.alias'
  | 'pack.tag'
  | 'pack.documents'
  | 'pack.limit'

/** A parsed source, and where in it things are. */
interface PackFile {
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
  if (source.length > packSourceLengthMax) {
    const message = `the file is longer than ${packSourceLengthMax} characters`
    return broken(file, [{ code: 'pack.limit', message, file, line: 1, column: 1 }])
  }
  const documents = parseAllDocuments(source, { lineCounter: lines, strict: true, uniqueKeys: false, stringKeys: true })
  const [document, second] = 'empty' in documents ? [] : documents
  if (document === undefined) {
    return broken(file, [{ code: 'pack.syntax', message: 'the file is empty', file, line: 1, column: 1 }])
  }
  const problems: Problem[] = [...document.errors, ...document.warnings].map((error) => ({
    code: error.code.startsWith('TAG_') ? 'pack.tag' : 'pack.syntax',
    message: error.message.split('\n')[0]!.replace(/ at line \d+, column \d+:?$/, ''),
    ...at(error.pos[0]),
  }))
  if (second !== undefined) {
    problems.push({ code: 'pack.documents', message: 'a second document begins here', ...at(second.range[0]) })
  }
  walk(document.contents, 0, (code, message, node) => problems.push({ code, message, ...at(node.range?.[0] ?? 0) }))
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

/** Reports what YAML has and a pack does not: aliases, tags, the same field twice, and depth without an end. */
function walk(node: unknown, depth: number, report: (code: SourceCode, message: string, node: Node) => void): void {
  if (!isNode(node)) return
  if (depth > depthMax) return report('pack.limit', `nested deeper than ${depthMax}`, node)
  if (isAlias(node) || node.anchor !== undefined) {
    return report('pack.alias', 'anchors and aliases are not admitted', node)
  }
  if (node.tag !== undefined) return report('pack.tag', `the tag ${node.tag} is not admitted`, node)
  if (isSeq(node)) for (const item of node.items) walk(item, depth + 1, report)
  if (!isMap(node)) return
  const names = new Set<unknown>()
  for (const { key, value } of node.items) {
    walk(key, depth + 1, report)
    if (isScalar(key) && names.has(key.value))
      report('pack.duplicate-key', `the field ${String(key.value)} is there twice`, key)
    if (isScalar(key)) names.add(key.value)
    walk(value, depth + 1, report)
  }
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
