/** What applications keep in the portal: handlers, providers, placements, options. */

/** A subscription of `event.bind`; without a handler it fills the offline queue. */
export interface EventHandler {
  ID: number
  appId: string
  /** In upper case. */
  event: string
  handler: string | null
  /** User whose tokens come with the event; 0: who made it happen. */
  authType: number
  authConnector: string
}

/** A row of the offline queue: the last state of one object for one application. */
export interface OfflineEvent {
  ID: number
  appId: string
  TIMESTAMP_X: string
  EVENT_NAME: string
  EVENT_DATA: Record<string, unknown>
  EVENT_ADDITIONAL: Record<string, unknown>
  MESSAGE_ID: string
  /** Set while a reader has it reserved. */
  PROCESS_ID: string
  ERROR: 0 | 1
  authConnector: string
}

export interface PlacementBinding {
  appId: string
  placement: string
  handler: string
  title: string
  description: string
  groupName: string
  /** 0: everybody. */
  userId: number
  options: Record<string, unknown>
  langAll: Record<string, unknown>
}

/** An SMS provider of an application. */
export interface MessageSender {
  appId: string
  CODE: string
  TYPE: string
  HANDLER: string
  NAME: string
  DESCRIPTION: string
}

/** A message that went to a provider. */
export interface ProviderMessage {
  MESSAGE_ID: string
  appId: string
  CODE: string
  AUTHOR_ID: number
  STATUS: string
}

/** A message in a chat. */
export interface ChatMessage {
  ID: number
  DIALOG_ID: string
  AUTHOR_ID: number
  MESSAGE: string
  DATE_CREATE: string
}

export interface AppTables {
  handlers: EventHandler[]
  offlineEvents: OfflineEvent[]
  placements: PlacementBinding[]
  senders: MessageSender[]
  providerMessages: ProviderMessage[]
  chatMessages: ChatMessage[]
  /** `app.option.*`: options by application. */
  appOptions: Record<string, Record<string, unknown>>
}

/** The tables of a portal without applications. */
export function emptyAppTables(): AppTables {
  return {
    handlers: [],
    offlineEvents: [],
    placements: [],
    senders: [],
    providerMessages: [],
    chatMessages: [],
    appOptions: {},
  }
}
