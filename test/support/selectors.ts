/** Selects the text field that has this label, as people find it. */
export function fieldOf(label: string): string {
  const name = quoted(label)
  return `::-p-xpath(//*[self::input or self::textarea][@aria-label=${name} or @id=//label[normalize-space(.)=${name}]/@for])`
}

/** Selects buttons by what stands on them; a part of it will do. */
export function buttonOf(name: string): string {
  return `::-p-xpath(//button[contains(normalize-space(.), ${quoted(name)})])`
}

/** XPath has no escapes: texts with both kinds of quotes are not needed here. */
function quoted(text: string): string {
  return text.includes('"') ? `'${text}'` : `"${text}"`
}
