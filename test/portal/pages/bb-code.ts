import { escapeHtml, type Html, raw } from './html.ts'

/** Text with BB code as Bitrix24 shows it: a few tags, everything else is plain text. */
export function bbCode(text: string): Html {
  const shown = escapeHtml(text)
    .replace(/\[(b|i|u|s)\](.*?)\[\/\1\]/gis, '<$1>$2</$1>')
    .replace(/\[url=(https?:[^\]\s]+)\](.*?)\[\/url\]/gis, '<a href="$1" target="_blank">$2</a>')
    .replace(/\[\/?p\]|\[br\]/gi, '\n')
    .trim()
    .replace(/\r?\n/g, '<br>')
  return raw(shown)
}
