/** An element with a class and plain text. */
export function node(tag: string, className: string, text?: string): HTMLElement {
  const element = document.createElement(tag)
  element.className = className
  if (text !== undefined) element.textContent = text
  return element
}

/** A link with a class and plain text. */
export function link(className: string, href: string, text: string): HTMLElement {
  const anchor = document.createElement('a')
  anchor.className = className
  anchor.href = href
  anchor.textContent = text
  return anchor
}
