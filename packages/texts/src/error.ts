// The one error class of this package, for texts and labelled sets that people hand in.

export type TextsErrorCode =
  /** The text is in no language that is read here. */
  | 'text.language'
  /** The text is longer than `textLengthMax`. */
  | 'text.long'
  /** The text has more blocks or sentences than are read. */
  | 'text.limit'
  /** There are no words in it. */
  | 'text.empty'
  /** A labelled set is not of its form. */
  | 'labelled.malformed'

/** `code` is stable; `message` is for developers. */
export class TextsError extends Error {
  readonly code: TextsErrorCode

  constructor(code: TextsErrorCode, message: string) {
    super(message)
    this.name = 'TextsError'
    this.code = code
  }
}
