/** Rows come in and never change: a trigger of the database refuses the rest. */
export interface AuditEventTable {
  /** 1, 2, 3 … without gaps. */
  seq: string
  at: Date
  kind: string
  /** What happened, as the JSON text that was hashed. */
  content: string
  /** SHA-256 of the previous row's hash and of `content`. */
  hash: Buffer
}

/** The end of the chain, one row: whoever appends holds it, so that the chain can't fork. */
export interface AuditChainTable {
  id: number
  seq: string
  hash: Buffer
}

export interface AuditTables {
  audit_event: AuditEventTable
  audit_chain: AuditChainTable
}
