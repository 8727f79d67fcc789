/** The shape of a story: who is in it, what is asked of them, and what has happened when the person comes in. */

/**
 * `first`: invited, and they answer. `quiet`: invited too, and nobody waits for them. `second`: invitations that wait.
 * `message`: mails that wait in a paused mailbox. `later`: not yet asked.
 */
export type Wave = 'first' | 'quiet' | 'second' | 'message' | 'later'
export interface Character {
  readonly name: string
  /** What their channel is about; the second half of the handle. */
  readonly topic: string
  readonly temperament: string
  readonly wave: Wave
  /** Speaks the other language. */
  readonly abroad?: true
  /** What the team decides about their application. */
  readonly decision?: 'approved' | 'rejected'
}

export interface Brief {
  readonly headline: string
  readonly body: string
  readonly deliverables: readonly string[]
  readonly dates: string
  readonly compensation: string
}

export interface Origin {
  readonly tags: readonly string[]
  readonly basis: 'asked_us' | 'agreed' | 'existing_relation' | 'none'
  readonly basisSource: string
}

export interface Story {
  /** Local parts of the second and the third mailbox; the first has the person's own name. */
  readonly second: string
  readonly third: string
  readonly signature: string
  readonly running: { readonly name: string; readonly brief: Brief }
  readonly draft: { readonly name: string; readonly brief: Brief }
  readonly message: { readonly subject: string; readonly body: string }
  /** Where the influencers of a wave come from, and with it the basis for writing to them. */
  readonly origins: Readonly<Record<Wave, Origin>>
  /** The team's answer to somebody who asks, and a note about somebody who wants more. */
  readonly answer: string
  readonly note: string
}
