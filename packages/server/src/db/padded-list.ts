// Lists within queries. A query with another number of values is another text, which the database must prepare anew; so
// lists are filled up to a power of two, and there are few texts.

/** The values, the last one repeated until there are a power of two of them. For lists where repetition means nothing. */
export function padList<Value>(values: readonly Value[]): readonly Value[] {
  const last = values.at(-1)
  if (last === undefined) return values
  const count = 2 ** Math.ceil(Math.log2(values.length))
  return [...values, ...Array.from({ length: count - values.length }, () => last)]
}
