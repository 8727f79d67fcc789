/**
 * The practice world as a rehearsal needs it: accounts and people that the story wants, somebody who answers the consent
 * page, and haste. Spoken to over HTTP like everything outside; its control interface is its README's.
 */
import type { HttpClient } from '../platform/http-client/index.ts'

export interface PracticePerson {
  readonly address: string
  readonly name: string
  readonly handle: string
  readonly language: 'en' | 'de'
  readonly temperament: string
}

export interface PracticeWorld {
  /** Page for people. */
  readonly url: string
  account(wish: { readonly address: string; readonly name: string; readonly language: string }): Promise<void>
  hasAccount(address: string): Promise<boolean>
  people(list: readonly PracticePerson[]): Promise<void>
  /** Whether people act by themselves; answers how it was. */
  acting(on: boolean): Promise<boolean>
  /** What these still think over happens now. */
  hurry(mailboxes: readonly string[]): Promise<void>
  /** Allows at the consent page everything that is asked for; answers where the browser is sent. */
  consent(authorizeUrl: string, account: string): Promise<string>
}

export function createPracticeWorld(http: HttpClient, url: string): PracticeWorld {
  async function control(path: string, body?: object): Promise<unknown> {
    const answer = await http.request({
      url: `${url}/control${path}`,
      ...(body === undefined
        ? {}
        : { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
    if (answer.status >= 400) throw new Error(`the practice world refused ${path}: ${answer.text()}`)
    return answer.json()
  }
  return {
    url,
    async account(wish) {
      await control('/accounts', wish)
    },
    async hasAccount(address) {
      const { accounts } = (await control('/accounts')) as { accounts: { address: string }[] }
      return accounts.some((account) => account.address === address)
    },
    async people(list) {
      await control('/people', { list })
    },
    async acting(on) {
      const { acting } = (await control('/people')) as { acting: boolean }
      if (acting !== on) await control('/people/act', { on })
      return acting
    },
    async hurry(mailboxes) {
      await control('/people/hurry', { mailboxes })
    },
    async consent(authorizeUrl, account) {
      const page = new URL(authorizeUrl)
      const form = new URLSearchParams({ request: page.search.slice(1), account, decision: 'allow' })
      for (const scope of page.searchParams.get('scope')?.split(' ') ?? []) form.append('scope', scope)
      const path = page.pathname.replace(/\/(?:o\/oauth2\/v2\/auth|oauth2\/v2[.]0\/authorize)$/, '/consent')
      const answer = await http.request({
        url: new URL(path, page).href,
        method: 'POST',
        body: form.toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      })
      const back = answer.headers.get('location')
      if (back === null) throw new Error(`the practice world asked instead of consenting: ${answer.status}`)
      return back
    },
  }
}
