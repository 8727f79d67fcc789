/** What was learnt from a live service by one question, and the mail with which it was asked. */

type Verdict = 'as assumed' | 'differs' | 'told'
export interface Finding {
  readonly question: string
  /** What Kontor counts on; empty where either answer is fine and only has to be known. */
  readonly assumed: string
  readonly seen: string
  readonly verdict: Verdict
}

export interface Letter {
  readonly raw: Uint8Array
  readonly messageId: string
  readonly token: string
}

/** Either answer is fine and only has to be known. */
export function told(question: string, seen: string): Finding {
  return { question, assumed: '', seen, verdict: 'told' }
}
