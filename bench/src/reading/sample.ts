/** One mail of the corpus, with what is known of it beforehand. */
export interface Sample {
  readonly name: string
  readonly group: 'sample' | 'reply' | 'torture' | 'nested' | 'attack'
  readonly raw: Uint8Array
  /** The text that is new in it, without the signature. */
  readonly visible?: string
  readonly signature?: string
  /** Words that must be found in what was read. */
  readonly says?: readonly string[]
}

/** What a contender made of a mail. */
export interface Reading {
  /** What it holds for new. */
  readonly visible: string
  /** Everything readable: text, and what was kept of the history. */
  readonly text: string
  readonly html: string
}
