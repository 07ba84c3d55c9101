// What a script gets when it imports './part.ts?keys': the keys of the actions that
// the part declares when it is loaded, by where they work (cmd/bundle).
declare module '*?keys' {
  const keys: Readonly<Record<string, string>>
  export default keys
}
