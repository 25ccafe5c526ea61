import { type Html, raw } from './html.ts'

const PATHS = {
  company: 'M4 20V6l8-3 8 3v14M9 20v-5h6v5M8 9h2M14 9h2',
  feed: 'M5 6h14M5 12h14M5 18h9',
  chats: 'M4 5h16v11H9l-5 4z',
  tasks: 'M5 5h14v14H5zM9 12l2 2 4-4',
  crm: 'M4 5h16l-6 7v6l-4 2v-8z',
  calendar: 'M4 6h16v14H4zM4 10h16M8 3v4M16 3v4',
  mail: 'M4 6h16v12H4zM4 7l8 6 8-6',
  drive: 'M4 7h6l2 2h8v10H4z',
  search: 'M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM16 16l4 4',
  bell: 'M6 16V11a6 6 0 0 1 12 0v5l2 2H4zM10 21h4',
  plus: 'M12 5v14M5 12h14',
  menu: 'M4 7h16M4 12h16M4 17h16',
  up: 'M12 19V6M6 11l6-6 6 6',
  call: 'M7 4l3 4-2 2a12 12 0 0 0 6 6l2-2 4 3-2 3A16 16 0 0 1 4 6z',
  comment: 'M5 6h14v9h-8l-4 4v-4H5z',
  todo: 'M5 12l5 5 9-10',
  info: 'M12 8v.01M12 12v5',
} as const

export type IconName = keyof typeof PATHS

/** A line icon, 24 × 24, drawn with the colour of the text around it. */
export function icon(name: IconName): Html {
  return raw(
    `<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="${PATHS[name]}"/></svg>`,
  )
}
