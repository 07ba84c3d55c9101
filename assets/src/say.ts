// The words that people read. They stand in the code in English, and that is
// what a language's catalogue finds its own by: the bundle of a language has
// them in the place of the English ones.

/** What fills the {name}s of a text; numbers are written as the language does. */
export type Values = Readonly<Record<string, string | number>>

/** The page's language. */
export const language = globalThis.document?.documentElement.lang || 'en'

/** The text in the page's language, its {name}s filled. English is written out in the call: say('Zoom in'). */
export function say(english: string, values: Values = {}): string {
  return english.replace(/\{(\w+)\}/g, (whole, name: string) => values[name]?.toLocaleString(language) ?? whole)
}

/** The text for so many: plural(n, '{n} note', '{n} notes'). */
export function plural(n: number, one: string, many: string, values: Values = {}): string {
  return say(n === 1 ? one : many, { n, ...values })
}
