// A stranger's page, to look into.

/** The page's nodes where nothing in them runs, is fetched or is shown. */
export function inert(html: string): DocumentFragment {
  const template = document.createElement('template')
  template.innerHTML = html
  return template.content
}
