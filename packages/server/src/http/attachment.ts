// `Content-Disposition` for a file with a name that people gave it (RFC 6266): always an attachment, and nothing in the name
// can end the field, change the direction of what is read after it, or hide the extension.

/** Bidi controls, zero-width and other format characters, separators of lines, control characters. */
const hidden = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u{e0000}-\u{e007f}]/gu
const nameLengthMax = 150

/** The field's value. */
export function formatAttachment(name: string): string {
  const shown = safeFileName(name)
  const ascii = shown.normalize('NFKD').replaceAll(/[^A-Za-z0-9._ -]/g, '_')
  const encoded = encodeURIComponent(shown).replaceAll(
    /['()*]/g,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`
}

/** The name without what hides or leads away, its true extension last; `evidence` when nothing is left of it. */
export function safeFileName(name: string): string {
  const bare = name
    .toWellFormed()
    .normalize('NFC')
    .replaceAll(hidden, '')
    .replaceAll(/[/\\:*?"<>|]/g, '_')
    .trim()
  const plain = bare.replace(/^\.+/, '').replace(/[. ]+$/, '')
  const characters = [...plain]
  if (characters.length <= nameLengthMax) return plain === '' ? 'evidence' : plain
  const extension = /\.[^.]{1,16}$/u.exec(plain)?.[0] ?? ''
  return characters.slice(0, nameLengthMax - [...extension].length).join('') + extension
}
