/** Types of what inline scripts hand over to the portal's scripts; nothing here runs. */

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

export interface ShellTexts {
  close: string
  openNewWindow: string
  inviteTitle: string
  inviteText: string
}
