/**
 * The public brief page as a person uses it: the link from the mail, then the product's own HTTP interface. Only loopback
 * links are opened: nobody of the practice world ever calls the real one.
 */

/** The first brief link in a text: `http://127.0.0.1:3000/b/<token>`. */
export function briefLink(text: string): string | undefined {
  for (const found of text.match(/https?:\/\/[^\s"'<>()]+/g) ?? []) {
    const link = found.replaceAll('&amp;', '&').replace(/[.,;!?]+$/, '')
    if (!URL.canParse(link)) continue
    const { hostname, pathname } = new URL(link)
    if (LOOPBACK.has(hostname) && /^\/(?:[a-z]{2}\/)?b\/[^/]+$/.test(pathname)) return link
  }
  return undefined
}

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]'])
const PATIENCE_MS = 10_000

/** What came of a visit. `refused`: the page answered that it will not; `unreachable`: try again later. */
export type Visit = 'done' | 'refused' | 'unreachable'

export interface Application {
  readonly message: string
  readonly name: string
}

export async function applyTo(link: string, application: Application): Promise<Visit> {
  const seen = await read(link)
  return seen === 'done' ? call(link, '/apply', { ...application }) : seen
}

export async function declineAt(link: string): Promise<Visit> {
  const seen = await read(link)
  return seen === 'done' ? call(link, '/decline', {}) : seen
}

/** Opens the brief and says that it was seen, as the page does after three seconds; whether that is heard does not matter. */
async function read(link: string): Promise<Visit> {
  const seen = await call(link, '', undefined)
  if (seen === 'done') await call(link, '/viewed', {})
  return seen
}

async function call(
  link: string,
  act: string,
  body: Readonly<Record<string, string>> | undefined,
): Promise<Visit> {
  const page = new URL(link)
  const token = page.pathname.slice(page.pathname.lastIndexOf('/') + 1)
  const target = new URL(`/api/v1/public/briefs/${token}${act}`, page.origin)
  try {
    const answer = await fetch(target, {
      method: body === undefined ? 'GET' : 'POST',
      headers: body === undefined ? {} : { 'content-type': 'application/json', origin: page.origin },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    await answer.body?.cancel()
    if (answer.ok) return 'done'
    return answer.status >= 500 || answer.status === 429 ? 'unreachable' : 'refused'
  } catch {
    return 'unreachable'
  }
}
