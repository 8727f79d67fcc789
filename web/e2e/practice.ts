/** The practice world's control: what a test lets the outside world do, and what it asks of its records. */

export interface Arrival {
  readonly seq: number
  readonly mailbox: string
  readonly id: string
  readonly subject: string
  readonly from: string
  /** `person`: somebody of the practice world wrote it; others are letters that lie there. */
  readonly source: string
}
export interface Call {
  readonly method: string
  readonly ids: readonly string[]
}
export interface SentMail {
  readonly seq: number
  readonly mailbox: string
  readonly recipients: readonly string[]
  readonly subject: string
  readonly raw: string
}

/** Each request has a connection of its own: one that is kept may be closed by the other side while it is taken up again. */
export const closing = { connection: 'close' } as const

export class Practice {
  readonly base: string
  constructor(base: string) {
    this.base = base
  }

  async get<T>(path: string): Promise<T> {
    return (await read(await fetch(`${this.base}/control${path}`, { headers: closing }))) as T
  }
  async post<T>(path: string, body: unknown): Promise<T> {
    const answer = await fetch(`${this.base}/control${path}`, {
      method: 'POST',
      headers: { ...closing, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return (await read(answer)) as T
  }

  /** What lies in a mailbox, oldest first. */
  async arrivals(mailbox: string): Promise<readonly Arrival[]> {
    const query = `mailbox=${encodeURIComponent(mailbox)}`
    return (await this.get<{ arrivals: Arrival[] }>(`/records/arrivals?${query}`)).arrivals
  }
  /** What the product asked about a mailbox, oldest first. */
  async callsOf(mailbox: string): Promise<readonly Call[]> {
    const query = `mailbox=${encodeURIComponent(mailbox)}&limit=5000`
    return (await this.get<{ calls: Call[] }>(`/records/calls?${query}`)).calls
  }
  /** What a mailbox sent, oldest first. */
  async sent(mailbox: string): Promise<readonly SentMail[]> {
    const query = `mailbox=${encodeURIComponent(mailbox)}`
    return (await this.get<{ mails: SentMail[] }>(`/records/mails?${query}`)).mails
  }
  /** Somebody answers the last mail of theirs. */
  async reply(from: string, words: { readonly text: string; readonly html?: string }): Promise<void> {
    await this.post('/people/reply', { from, ...words })
  }
}

async function read(answer: Response): Promise<unknown> {
  const text = await answer.text()
  if (!answer.ok) throw new Error(`practice ${answer.url}: ${answer.status} ${text.slice(0, 300)}`)
  return JSON.parse(text)
}
