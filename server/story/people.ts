/** A person at the product's HTTP API with a cookie, and the way to the practice world's control. */

export class Person {
  readonly #product: string
  readonly #cookies = new Map<string, string>()
  constructor(product: string) {
    this.#product = product
  }

  async get<T>(path: string): Promise<T> {
    return await this.#call<T>('GET', path)
  }
  async post<T>(path: string, body: unknown = {}): Promise<T> {
    return await this.#call<T>('POST', path, body)
  }
  async put<T>(path: string, body: unknown = {}): Promise<T> {
    return await this.#call<T>('PUT', path, body)
  }
  async putBytes(path: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    await this.#call('PUT', path, bytes)
  }
  async patch<T>(path: string, body: unknown): Promise<T> {
    return await this.#call<T>('PATCH', path, body)
  }

  /** What is downloaded. */
  async text(path: string): Promise<string> {
    return await this.#answer('GET', path)
  }

  /** All rows of a paged list. */
  async all<T>(path: string): Promise<T[]> {
    const rows: T[] = []
    let next: string | undefined
    do {
      const cursor = next === undefined ? '' : `&cursor=${encodeURIComponent(next)}`
      const page = await this.get<{ rows: T[]; next?: string }>(
        `${path}${path.includes('?') ? '&' : '?'}limit=200${cursor}`,
      )
      rows.push(...page.rows)
      next = page.next
    } while (next !== undefined)
    return rows
  }

  /** Follows a link inside the product without leaving it; returns where it points. */
  async redirect(url: string): Promise<string> {
    const answer = await fetch(url, { redirect: 'manual', headers: { cookie: this.#cookie() } })
    return answer.headers.get('location') ?? ''
  }

  async #call<T>(method: string, path: string, body?: unknown): Promise<T> {
    return JSON.parse(await this.#answer(method, path, body)) as T
  }

  async #answer(method: string, path: string, body?: unknown): Promise<string> {
    const answer = await fetch(`${this.#product}/api/v1${path}`, {
      method,
      headers: {
        cookie: this.#cookie(),
        origin: this.#product,
        ...(body === undefined || isBytes(body) ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: isBytes(body) ? body : JSON.stringify(body) }),
    })
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      const at = pair.indexOf('=')
      this.#cookies.set(pair.slice(0, at), pair.slice(at + 1))
    }
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 400)}`)
    return text
  }

  #cookie(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }
}

export class Practice {
  readonly base: string
  constructor(base: string) {
    this.base = base
  }

  async get<T>(path: string): Promise<T> {
    return (await this.#answer(await fetch(`${this.base}/control${path}`))) as T
  }
  async post<T>(path: string, body: unknown): Promise<T> {
    const answer = await fetch(`${this.base}/control${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return (await this.#answer(answer)) as T
  }
  /** Ends the faults of one kind; the others go on. */
  async endFaults(kind: string): Promise<void> {
    await this.#answer(await fetch(`${this.base}/control/faults?kind=${kind}`, { method: 'DELETE' }))
  }

  /**
   * The person at the consent page of either provider: signs in and allows everything, or at Google leaves the box for
   * reading unticked. Returns where the browser goes.
   */
  async consent(authorizeUrl: string, account: string, reading: boolean): Promise<string> {
    const url = new URL(authorizeUrl)
    const form = new URLSearchParams({ request: url.search.slice(1), account, decision: 'allow' })
    for (const scope of reading ? ['gmail.send', 'gmail.readonly'] : ['gmail.send'])
      form.append('scope', `https://www.googleapis.com/auth/${scope}`)
    const page = url.pathname.startsWith('/google/')
      ? '/google/consent'
      : url.pathname.replace(/\/oauth2\/v2\.0\/authorize$/, '/consent')
    const answer = await fetch(new URL(page, url), { method: 'POST', body: form, redirect: 'manual' })
    const location = answer.headers.get('location')
    if (location === null) throw new Error(`the consent page answered ${answer.status}`)
    return location
  }

  /** Every row of a record. */
  async record<T>(name: 'calls' | 'mails' | 'arrivals' | 'pushes', query = ''): Promise<T[]> {
    const rows: T[] = []
    let since = 0
    for (;;) {
      const page = await this.get<Record<string, unknown>>(
        `/records/${name}?since=${since}&limit=5000${query}`,
      )
      const found = page[name] as T[]
      if (found.length === 0) return rows
      rows.push(...found)
      since = Number(page['next'])
    }
  }

  async #answer(answer: Response): Promise<unknown> {
    const text = await answer.text()
    if (!answer.ok) throw new Error(`practice ${answer.url}: ${answer.status} ${text.slice(0, 300)}`)
    return JSON.parse(text)
  }
}

export interface SentRecord {
  readonly seq: number
  readonly at: string
  readonly mailbox: string
  readonly recipients: readonly string[]
  readonly id: string
  readonly threadId: string
  readonly raw: string
}
export interface ArrivalRecord {
  readonly seq: number
  readonly mailbox: string
  readonly id: string
  readonly threadId: string
  readonly subject: string
  readonly source: string
}
export interface CallRecord {
  readonly mailbox: string
  readonly method: string
  readonly ids: readonly string[]
  readonly fields: readonly string[]
  readonly at: string
  /** 0: the connection was cut. */
  readonly status: number
}

/** The text of a raw message with its transfer encodings undone: markers and links can be searched in it. */
export function textOf(rawBase64: string): string {
  const raw = Buffer.from(rawBase64, 'base64').toString('latin1')
  const unquoted = raw
    .replaceAll(/=\r?\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  const parts = [
    ...raw.matchAll(/content-transfer-encoding: base64[^]*?\r?\n\r?\n([A-Za-z0-9+/=\r\n]+)/gi),
  ].map((part) => Buffer.from(part[1] ?? '', 'base64').toString('utf8'))
  return [unquoted, ...parts].join('\n')
}

function isBytes(body: unknown): body is Uint8Array<ArrayBuffer> {
  return body instanceof Uint8Array
}
