// Forms that open in place (a details element, so that they open without any
// script too): the field is ready to be written in, Esc closes.

document.addEventListener(
  'toggle',
  (e) => {
    const details = e.target
    if (!(details instanceof HTMLDetailsElement) || !details.matches('.rename') || !details.open) return
    const field = details.querySelector<HTMLInputElement>('input[name]')
    field?.focus()
    field?.select()
  },
  true,
)

document.addEventListener('keydown', (e) => {
  if (e.key !== 'Escape' || !(e.target instanceof Element)) return
  const details = e.target.closest<HTMLDetailsElement>('details.rename[open]')
  if (!details) return
  details.open = false
  details.querySelector('summary')?.focus()
})
