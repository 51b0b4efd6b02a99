// Tells a client which fields were refused and why, in the contract's own few words.

import type { FieldCode, FieldProblem } from '@parley/api'
import type { z } from 'zod'
import { fieldProblemsMax, pointerLengthMax } from './limits.ts'

/** One problem a field, as JSON pointers into what was sent, the first few of them. */
export function fieldProblems(error: z.ZodError, sent: unknown): FieldProblem[] {
  return error.issues.flatMap((issue) => problemsOfIssue(issue, sent)).slice(0, fieldProblemsMax)
}

function problemsOfIssue(issue: z.core.$ZodIssue, sent: unknown): FieldProblem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ pointer: formatPointer([...issue.path, key]), code: 'unknown' }))
  }
  return [{ pointer: formatPointer(issue.path), code: codeOf(issue, sent) }]
}

function codeOf(issue: z.core.$ZodIssue, sent: unknown): FieldCode {
  switch (issue.code) {
    case 'too_small':
      return 'too-small'
    case 'too_big':
      return 'too-large'
    case 'invalid_format':
    case 'invalid_key':
      return 'format'
    case 'invalid_value':
      return valueAt(sent, issue.path) === undefined ? 'missing' : 'value'
    case 'invalid_type':
    case 'invalid_union':
      return valueAt(sent, issue.path) === undefined ? 'missing' : 'type'
    case 'custom':
    case 'invalid_element':
    case 'not_multiple_of':
    case 'unrecognized_keys':
      return 'value'
  }
}

function valueAt(sent: unknown, path: readonly PropertyKey[]): unknown {
  let value = sent
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined
    value = (value as Record<PropertyKey, unknown>)[step]
  }
  return value
}

function formatPointer(path: readonly PropertyKey[]): string {
  const steps = path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`)
  return steps.join('').slice(0, pointerLengthMax).toWellFormed()
}
