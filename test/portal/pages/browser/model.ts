/** Types of what the inline scripts of a card hand over; nothing here runs. */

export interface ModelMultifield {
  ID: string
  VALUE: string
  VALUE_TYPE: string
  VALUE_EXTRA: { COUNTRY_CODE: string }
  VIEW_DATA: { value: string; type: string }
}

export interface ClientInfo {
  typeName: string
  id: number
  title: string
  url: string
  post: string
  phones: { value: string; formatted: string }[]
  emails: string[]
}

export interface CardModel {
  [field: string]: unknown
  CLIENT_INFO: ClientInfo[]
}

export interface SchemeField {
  name: string
  title: string
  type: 'text' | 'multifield' | 'client' | 'user' | 'dictionary' | 'money' | 'html'
}

export interface SchemeSection {
  name: string
  title: string
  fields: SchemeField[]
}

export interface CardTexts {
  edit: string
  save: string
  cancel: string
  empty: string
  call: string
  finishTitle: string
  finishSuccess: string
  finishFailure: string
}
