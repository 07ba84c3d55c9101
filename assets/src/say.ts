// The words that people read. They stand in the code in English, and that is
// what a language's catalogue finds its own by: the bundle of a language has
// them in the place of the English ones.

/** What fills the {name}s of a text; numbers are written as the language does. */
export type Values = Readonly<Record<string, string | number>>

/** The page's language. */
export const language = globalThis.document?.documentElement.lang || 'en'

const isMirrored = globalThis.document?.documentElement.dir === 'rtl'

/** The text in the page's language, its {name}s filled. English is written out in the call: say('Zoom in'). */
export function say(english: string, values: Values = {}): string {
  return english.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name]
    return typeof value === 'string' ? isolated(value) : (value?.toLocaleString(language) ?? whole)
  })
}

// Blocks of scripts that run from the right, and the characters that turn a text.
const TURNING = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}\u202a-\u202e]/u

/** A name as it stands in a sentence: in its own direction, and without turning the words around it. */
export function isolated(name: string, mirrored = isMirrored): string {
  return mirrored || TURNING.test(name) ? `\u2068${name}\u2069` : name
}

/** The text for so many: plural(n, '{n} note', '{n} notes'). */
export function plural(n: number, one: string, many: string, values: Values = {}): string {
  return say(n === 1 ? one : many, { n, ...values })
}
