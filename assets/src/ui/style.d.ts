// What a script gets when it imports a style sheet: its text (cmd/bundle).
declare module '*.css' {
  const text: string
  export default text
}
