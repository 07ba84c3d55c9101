// Words as one looks for them: without case, accents and the width of letters.

/** The text folded. It may be longer or shorter than the text. */
export function fold(text: string): string {
  const plain = /^[\0-\x7f]*$/.test(text) ? text : text.normalize('NFKD').replace(/\p{M}/gu, '')
  return plain.toLowerCase()
}
