// The files of the repository, as git knows them or would take them, and what each imports.

import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { packageFolders } from './rooms.ts'

export const root = join(import.meta.dirname, '..', '..')

/** Paths from the root, with `/`. */
export function listFiles(): readonly string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], { cwd: root })
  return listed
    .toString()
    .split('\0')
    .filter((path) => path !== '')
    .sort()
}

export function readSource(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}

export type Import =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'package'; readonly folder: string; readonly name: string }
  | { readonly kind: 'library'; readonly name: string }

const statement = /^\s*(?:import|export)\s(?:[^'"]*?\sfrom\s)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm

/** Everything a source file imports, statically or not. */
export function listImports(path: string, source: string): readonly Import[] {
  return [...source.matchAll(statement)].map((match) => openImport(path, match[1] ?? match[2]!))
}

function openImport(path: string, name: string): Import {
  if (name.startsWith('.')) return { kind: 'file', path: normalize(join(dirname(path), name)) }
  const folder = packageFolders[name]
  if (folder !== undefined) return { kind: 'package', folder, name }
  if (name.startsWith('node:')) return { kind: 'library', name }
  const [first, second] = name.split('/')
  return { kind: 'library', name: name.startsWith('@') ? `${first}/${second}` : first! }
}
