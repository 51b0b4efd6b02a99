import { expect, test } from 'vitest'
import { listSameMatter } from './same-matter.ts'

const [one, two, three] = ['1', '2', '3'].map((digit) => digit.repeat(64)) as [string, string, string]

test('[RQ33] requests with an equal digest are listed, those that share most first', () => {
  const request = { id: 'a', matter: [one, two] }
  const others = [
    { id: 'd', matter: [two] },
    { id: 'c', matter: [three] },
    { id: 'b', matter: [two, one, two] },
    { id: 'a', matter: [one, two] },
    { id: 'aa', matter: [one, three] },
  ]
  const expected = [
    { id: 'b', shared: [one, two] },
    { id: 'aa', shared: [one] },
    { id: 'd', shared: [two] },
  ]
  expect(listSameMatter(request, others)).toEqual(expected)
  expect(listSameMatter(request, others.toReversed())).toEqual(expected)
  expect(listSameMatter({ id: 'e', matter: [] }, others)).toEqual([])
})
