/** Somebody at the product's HTTP API, to prepare in seconds what a test wants to look at. */
import { closing } from '../practice.ts'

export class PersonAtApi {
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
  async put<T>(path: string, body: unknown): Promise<T> {
    return await this.#call<T>('PUT', path, body)
  }
  async patch<T>(path: string, body: unknown): Promise<T> {
    return await this.#call<T>('PATCH', path, body)
  }
  /** Opens an address of the product that leads elsewhere. */
  async visit(url: string): Promise<string> {
    const answer = await fetch(url, { redirect: 'manual', headers: { cookie: this.#cookie() } })
    return answer.headers.get('location') ?? ''
  }
  cookies(): readonly (readonly [string, string])[] {
    return [...this.#cookies]
  }

  async #call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await fetch(`${this.#product}/api/v1${path}`, {
      method,
      headers: {
        ...closing,
        cookie: this.#cookie(),
        origin: this.#product,
        'content-type': 'application/json',
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      const at = pair.indexOf('=')
      this.#cookies.set(pair.slice(0, at), pair.slice(at + 1))
    }
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 400)}`)
    return JSON.parse(text) as T
  }

  #cookie(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }
}
