const PLACEHOLDER = /\{(\w+)(?:\|([^{}]*))?\}/g

/**
 * Fills `{name}` with its value, and `{name|words}` with the words where there is no value.
 * Values are put in as they stand: a brace in a value is never filled again. An unknown name
 * without words becomes nothing.
 */
export function fillPlaceholders(
  text: string,
  values: Readonly<Record<string, string | null>>,
): string {
  return text.replace(PLACEHOLDER, (_, name: string, words: string | undefined) => {
    const value = Object.hasOwn(values, name) ? values[name] : null
    return value || (words ?? '')
  })
}
