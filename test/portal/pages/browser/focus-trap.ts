/**
 * The accessibility focus trap of a modal popup (`isolateOutside`): while it is active, siblings of
 * the trap's ancestors up to BODY are inert. What is exempt: SCRIPT and STYLE, elements with a
 * non-empty data-a11y-ignore-inert, and direct children of BODY that are 0 × 0 at that moment.
 */
export function activateFocusTrap(trap: HTMLElement): () => void {
  const isolated: HTMLElement[] = []
  for (let node = trap; node !== document.body; ) {
    const parent = node.parentElement
    if (!parent) break
    for (const sibling of parent.children) {
      if (sibling === node || !(sibling instanceof HTMLElement) || isExempt(sibling)) continue
      sibling.setAttribute('inert', 'true')
      isolated.push(sibling)
    }
    node = parent
  }
  return () => {
    for (const element of isolated) element.removeAttribute('inert')
  }
}

function isExempt(element: HTMLElement): boolean {
  if (element.tagName === 'SCRIPT' || element.tagName === 'STYLE') return true
  if (element.dataset.a11yIgnoreInert) return true
  if (element.hasAttribute('inert')) return true
  const { width, height } = element.getBoundingClientRect()
  return element.parentElement === document.body && width === 0 && height === 0
}
