/** A workspace of the scene as somebody at its API sees it, with the few requests that every act is made of. */
import type { briefs, followUps } from './texts.ts'
import { briefs as texts } from './texts.ts'
import type { PersonAtApi } from './person-at-api.ts'

export interface Row {
  readonly id: string
  readonly name: string
}
export interface ConversationRow {
  readonly id: string
  readonly contactId: string
  readonly contactName: string
}
type Wish = keyof typeof briefs

export class Desk {
  readonly person: PersonAtApi
  /** Path of the workspace in the API. */
  readonly home: string
  constructor(person: PersonAtApi, home: string) {
    this.person = person
    this.home = home
  }

  async rows<T>(path: string): Promise<readonly T[]> {
    const rows: T[] = []
    let cursor: string | undefined
    do {
      const more = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`
      const page = await this.person.get<{ rows: T[]; next?: string }>(
        `${this.home}${path}${path.includes('?') ? '&' : '?'}limit=200${more}`,
      )
      rows.push(...page.rows)
      cursor = page.next
    } while (cursor !== undefined)
    return rows
  }
  async put(path: string, body: unknown): Promise<void> {
    await this.person.put(this.home + path, body)
  }
  async post<T>(path: string, body: unknown): Promise<T> {
    return await this.person.post<T>(this.home + path, body)
  }

  /** A campaign with its brief and its people; it runs when somebody says so. */
  async campaign(wish: Wish, mailboxId: string, contactIds: readonly string[]): Promise<string> {
    const { name, brief } = texts[wish]
    const { id } = await this.post<{ id: string }>('/campaigns', { name, mailboxId, brief })
    await this.person.patch(`${this.home}/campaigns/${id}`, {
      brandName: 'Nordlicht Outdoor',
      brandColour: '#0B5C4B',
    })
    if (contactIds.length > 0) await this.post(`/campaigns/${id}/members`, { contactIds })
    return id
  }
  async run(campaignId: string): Promise<void> {
    await this.put(`/campaigns/${campaignId}/status`, { status: 'running' })
  }
  async inviteAll(campaignId: string, following: readonly (typeof followUps)[number][] = []): Promise<void> {
    const members = await this.rows<Row>(`/campaigns/${campaignId}/members?state=added`)
    await this.post(`/campaigns/${campaignId}/send`, {
      kind: 'invitation',
      memberIds: members.map((member) => member.id),
      key: `scene-${campaignId}`,
      followUps: following,
    })
  }
  async conversations(state: 'needs_reply' | 'waiting'): Promise<readonly ConversationRow[]> {
    return await this.rows<ConversationRow>(`/conversations?state=${state}`)
  }
}

const lookMs = 100
const longestMs = 300_000

/** Asks until it is so. */
export async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  for (let waited = 0; !(await isSo()); waited += lookMs) {
    if (waited > longestMs) throw new Error(`still not so: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, lookMs))
  }
}
