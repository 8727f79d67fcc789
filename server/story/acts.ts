/**
 * What the people of the story do: campaigns and invitations, applications and decisions, replies and answers. Each act
 * writes into the story's log what was asked for, after the product has promised it.
 */
import { marker } from './log.ts'
import type { StoryLog } from './log.ts'
import { pause, practiceNow } from './advance.ts'
import type { ArrivalRecord, SentRecord } from './people.ts'
import { textOf } from './people.ts'
import type { SenderName } from './cast.ts'
import type { Stage } from './stage.ts'
import { addressOf, senders } from './cast.ts'

export interface Campaign {
  readonly id: string
  readonly code: string
  readonly path: string
  readonly sender: SenderName
  readonly memberOf: ReadonlyMap<string, string>
}

/** A running campaign whose three texts carry a marker. */
export async function startCampaign(
  stage: Stage,
  wish: { code: string; sender: SenderName; names: readonly string[]; away?: boolean },
): Promise<Campaign> {
  const workspace = wish.away === true ? stage.away : stage.home
  const mailboxId = wish.away === true ? stage.mailboxes.benAway : stage.mailboxes[wish.sender]
  const contacts = wish.away === true ? stage.contactsAway : stage.contacts
  const { id } = await stage.owner.post<{ id: string }>(`${workspace}/campaigns`, {
    name: `Campaign ${wish.code}`,
    mailboxId,
    brief: {
      headline: 'Spring',
      body: 'A short brief.',
      deliverables: ['one reel'],
      dates: 'March',
      compensation: '500',
    },
  })
  const path = `${workspace}/campaigns/${id}`
  for (const kind of ['invitation', 'approval', 'rejection'] as const) {
    const link = kind === 'invitation' ? ' {{ brief_link }}' : ''
    const body = `Hello {{ name }},\n\n${marker(kind, wish.code, '{{ name }}')}${link}\n\nOlga`
    const subject = `${kind === 'invitation' ? 'Invitation' : 'About your application'} ${wish.code}`
    await stage.owner.put(`${path}/texts`, { kind, language: 'en', subject, body })
  }
  const contactIds = wish.names.map((name) => contacts.get(name) ?? name)
  await stage.owner.post(`${path}/members`, { contactIds })
  await stage.owner.put(`${path}/status`, { status: 'running' })
  const members = await stage.owner.all<{ id: string; name: string }>(`${path}/members`)
  const memberOf = new Map(members.map((member) => [member.name, member.id]))
  return { id, code: wish.code, path, sender: wish.sender, memberOf }
}

export async function invite(
  stage: Stage,
  log: StoryLog,
  campaign: Campaign,
  names: readonly string[],
): Promise<void> {
  const memberIds = names.map((name) => campaign.memberOf.get(name) ?? name)
  const key = `story-invite-${campaign.code}`
  const first = await stage.owner.post<{ queued: number }>(`${campaign.path}/send`, {
    kind: 'invitation',
    memberIds,
    key,
  })
  const again = await stage.owner.post<{ queued: number; replayed: boolean }>(`${campaign.path}/send`, {
    kind: 'invitation',
    memberIds,
    key,
  })
  if (first.queued !== names.length)
    throw new Error(`${names.length} invitations asked for, ${first.queued} queued`)
  if (!again.replayed) throw new Error('the second click was not recognised as the first one')
  const at = await practiceNow(stage)
  const from = senders[campaign.sender].address
  for (const name of names)
    log.ask({ marker: marker('invitation', campaign.code, name), kind: 'invitation', from, at })
}

/** A bulk message to chosen people of a campaign. */
export async function writeToMany(
  stage: Stage,
  log: StoryLog,
  campaign: Campaign,
  names: readonly string[],
): Promise<void> {
  const sent = await stage.owner.post<Launched>(`${campaign.path}/bulk/send`, {
    texts: {
      en: {
        subject: `News of ${campaign.code}`,
        body: `Hello {{ name }},\n\n${marker('bulk', campaign.code, '{{ name }}')}\n\nOlga`,
      },
    },
    audience: { ids: names.map((name) => campaign.memberOf.get(name) ?? name) },
    key: `story-bulk-${campaign.code}`,
  })
  const { queued } = await launched(stage, sent)
  if (queued !== names.length) throw new Error(`${names.length} messages asked for, ${queued} queued`)
  const at = await practiceNow(stage)
  const from = senders[campaign.sender].address
  for (const name of names) log.ask({ marker: marker('bulk', campaign.code, name), kind: 'bulk', from, at })
}

interface Launched {
  readonly launchId: string
  readonly state: string
  readonly queued: number
  readonly leftOut: number
}

/** A launch goes on by itself; this waits until it is done. */
async function launched(stage: Stage, sent: Launched): Promise<Launched> {
  let now = sent
  while (now.state === 'running') {
    await pause(100)
    now = {
      ...now,
      ...(await stage.owner.get<Omit<Launched, 'launchId'>>(`${stage.home}/launches/${sent.launchId}`)),
    }
  }
  return now
}

/**
 * Invites people whose addresses failed for good: the product must leave every one of them out. What a killed worker was
 * about to learn of them, another learns within half a minute.
 */
export async function leaveOut(
  stage: Stage,
  log: StoryLog,
  campaign: Campaign,
  names: readonly string[],
): Promise<void> {
  const memberIds = names.map((name) => campaign.memberOf.get(name) ?? name)
  for (let looks = 0; looks < 120; looks++) {
    const plan = await stage.owner.post<{ total: number }>(`${campaign.path}/plan`, {
      kind: 'invitation',
      memberIds,
    })
    if (plan.total === 0) break
    await pause(500)
  }
  const sent = await stage.owner.post<{ queued: number; leftOut: number }>(`${campaign.path}/send`, {
    kind: 'invitation',
    memberIds,
    key: `story-invite-${campaign.code}`,
  })
  if (sent.queued !== 0) throw new Error(`${sent.queued} invitations go to addresses that failed for good`)
  log.suppressed += sent.leftOut
}

/** People apply on the page behind the personal link that arrived. */
export async function apply(stage: Stage, campaign: Campaign, names: readonly string[]): Promise<void> {
  const mails = await stage.practice.record<SentRecord>(
    'mails',
    `&mailbox=${encodeURIComponent(senders[campaign.sender].address)}`,
  )
  for (const name of names) {
    const wanted = marker('invitation', campaign.code, name)
    const text = mails.map((mail) => textOf(mail.raw)).find((one) => one.includes(wanted))
    const link = /(https?:\/\/\S+?)\/b\/([\w.~-]+)/.exec(text ?? '')
    if (link === null) throw new Error(`no brief link in the invitation of ${name}`)
    const said = await fetch(`${link[1]}/api/v1/public/briefs/${link[2]}/apply`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ message: `I am ${name}.` }),
    })
    if (!said.ok) throw new Error(`${name} could not apply: ${said.status} ${await said.text()}`)
  }
}

/** Decides and sends the collected decisions at once. */
export async function decide(
  stage: Stage,
  log: StoryLog,
  campaign: Campaign,
  approved: ReadonlySet<string>,
): Promise<void> {
  const { rows } = await stage.owner.get<{ rows: { id: string; name: string }[] }>(
    `${campaign.path}/applications?undecided=true`,
  )
  for (const { id, name } of rows) {
    await stage.owner.put(`${campaign.path}/applications/${id}/decision`, {
      decision: approved.has(name) ? 'approved' : 'rejected',
    })
  }
  const sent = await stage.owner.post<{ queued: number }>(`${campaign.path}/decisions/send`, {
    key: `story-decide-${campaign.code}`,
  })
  if (sent.queued !== rows.length) throw new Error(`${rows.length} decisions, ${sent.queued} queued`)
  const at = await practiceNow(stage)
  for (const { name } of rows) {
    const kind = approved.has(name) ? 'approval' : 'rejection'
    log.ask({ marker: marker(kind, campaign.code, name), kind, from: senders[campaign.sender].address, at })
  }
}

/** One-to-one mails outside any campaign. */
export async function writeTo(
  stage: Stage,
  log: StoryLog,
  sender: SenderName,
  names: readonly string[],
): Promise<void> {
  for (const name of names) {
    const mark = marker('direct', 'new', name)
    await stage.owner.post(`${stage.home}/messages`, {
      key: `story-direct-${name}`,
      mailboxId: stage.mailboxes[sender],
      contactId: stage.contacts.get(name),
      subject: `A word to ${name}`,
      text: `Hello ${name}, ${mark}`,
    })
    log.ask({ marker: mark, kind: 'direct', from: senders[sender].address, at: await practiceNow(stage) })
  }
}

/** Influencers answer the invitation by mail. Only answers to mailboxes of Full Access must be captured. */
export async function reply(
  stage: Stage,
  log: StoryLog,
  campaign: Campaign,
  names: readonly string[],
): Promise<void> {
  for (const name of names) {
    const text = `Thank you. MARKreply${campaign.code}x${name}END`
    const toMessage = await invitationSeq(stage, campaign, name)
    await stage.practice.post('/people/reply', { from: addressOf(name), toMessage, text })
    if (senders[campaign.sender].full) log.expectReply(`MARKreply${campaign.code}x${name}END`)
  }
}

/** Who has an invitation of the campaign by now, in the order in which they left. */
export async function invited(stage: Stage, campaign: Campaign): Promise<string[]> {
  const query = `&mailbox=${encodeURIComponent(senders[campaign.sender].address)}`
  const mails = await stage.practice.record<SentRecord>('mails', query)
  return mails.flatMap((mail) => {
    const found = new RegExp(marker('invitation', campaign.code, '(P\\d{4})')).exec(textOf(mail.raw))
    return found?.[1] === undefined ? [] : [found[1]]
  })
}

interface ConversationRow {
  readonly id: string
  readonly contactName: string
  readonly campaignName?: string
}

/** The colleague answers in conversations that need a reply. */
export async function answer(
  stage: Stage,
  log: StoryLog,
  campaign: Campaign,
  names: readonly string[],
): Promise<void> {
  const rows = await stage.colleague.all<ConversationRow>(
    `${stage.home}/conversations?campaignId=${campaign.id}`,
  )
  for (const name of names) {
    const row = rows.find((one) => one.contactName === name)
    if (row === undefined) throw new Error(`the colleague sees no conversation with ${name}`)
    const mark = marker('direct', `answer${campaign.code}`, name)
    await stage.colleague.post(`${stage.home}/conversations/${row.id}/answers`, {
      key: `story-answer-${campaign.code}-${name}`,
      mailboxId: stage.mailboxes[campaign.sender],
      text: `Gladly. ${mark}`,
    })
    log.ask({
      marker: mark,
      kind: 'direct',
      from: senders[campaign.sender].address,
      at: await practiceNow(stage),
    })
  }
}

/** People away answer by a machine; to mailboxes of Full Access that must be told apart from a reply. */
export async function beAway(
  stage: Stage,
  log: StoryLog,
  campaign: Campaign,
  names: readonly string[],
): Promise<void> {
  for (const name of names) {
    await stage.practice.post('/people/reply', {
      from: addressOf(name),
      toMessage: await invitationSeq(stage, campaign, name),
      text: `I am away until Monday. ${name}`,
      autoReply: true,
    })
    if (senders[campaign.sender].full) log.autoReplies.push(senders[campaign.sender].address)
  }
}

async function invitationSeq(stage: Stage, campaign: Campaign, name: string): Promise<number> {
  const box = await stage.practice.record<ArrivalRecord>(
    'arrivals',
    `&mailbox=${encodeURIComponent(addressOf(name))}`,
  )
  const invitation = box.findLast((one) => one.subject === `Invitation ${campaign.code}`)
  if (invitation === undefined) throw new Error(`${name} has no invitation ${campaign.code}`)
  return invitation.seq
}

interface Entry {
  readonly direction: string
  readonly kind: string
  readonly text: string
  readonly mailboxAddress: string
}

/** What the colleague reads: markers of replies (one that is read twice is told apart), and the rest by mailbox. */
export interface Seen {
  readonly replies: ReadonlyMap<string, string>
  readonly autoReplies: readonly string[]
  readonly bounces: readonly string[]
}

export async function read(stage: Pick<Stage, 'colleague' | 'home'>): Promise<Seen> {
  const replies = new Map<string, string>()
  const others = { auto_reply: [] as string[], bounce: [] as string[] }
  for (const { id } of await stage.colleague.all<{ id: string }>(`${stage.home}/conversations`)) {
    const { history } = await stage.colleague.get<{ history: Entry[] }>(`${stage.home}/conversations/${id}`)
    for (const entry of history) {
      if (entry.direction !== 'in') continue
      if (entry.kind === 'auto_reply' || entry.kind === 'bounce')
        others[entry.kind].push(entry.mailboxAddress)
      for (const found of replyMarkers(entry))
        replies.set(replies.has(found) ? `${found} twice` : found, entry.mailboxAddress)
    }
  }
  return { replies, autoReplies: others.auto_reply, bounces: others.bounce }
}

function replyMarkers(entry: Entry): string[] {
  if (entry.kind !== 'reply') return []
  return [...entry.text.matchAll(/MARKreply\w+?xP\d{4}END/g)].map(([found]) => found)
}
