/** Adds the influencers, and two campaigns: one that runs, one still being written. */
import type { Act, Stage } from '../stage.ts'
import { all, ask, need } from '../stage.ts'
import { addressOf, characters, handleOf } from '../story/characters.ts'
import type { Wave } from '../story/story.ts'
import { otherThan } from './world.ts'

interface Contact {
  readonly id: string
  readonly address: string
}

export const addInfluencers: Act = async (stage) => {
  const known = await idsByAddress(stage)
  for (const character of characters) {
    const address = addressOf(character)
    if (known.has(address)) continue
    const { name, abroad, wave } = character
    const language = abroad === true ? otherThan(stage.language) : stage.language
    await ask(stage, 'POST', '/contacts', {
      name,
      address,
      handle: handleOf(character),
      language,
      country: language === 'de' ? 'DE' : 'GB',
      ...stage.story.origins[wave],
    })
  }
  return {}
}

export const beginCampaigns: Act = async (stage) => {
  const { running, draft } = stage.story
  const known = await ask<{ rows: readonly { id: string; name: string }[] }>(stage, 'GET', '/campaigns')
  const begin = async (wish: typeof running): Promise<string> => {
    const before = known.rows.find(({ name }) => name === wish.name)
    if (before !== undefined) return before.id
    const body = { name: wish.name, brief: wish.brief, mailboxId: need(stage.made, 'first') }
    return (await ask<{ id: string }>(stage, 'POST', '/campaigns', body)).id
  }
  const runningId = await begin(running)
  const draftId = await begin(draft)
  await ask(stage, 'PATCH', `/campaigns/${runningId}`, {
    brandName: stage.workspaceName,
    brandColour: '#8A4B2D',
    formality: 'du',
  })
  await addTo(stage, runningId, ['first', 'quiet', 'second'])
  await addTo(stage, draftId, ['later'])
  await ask(stage, 'PUT', `/campaigns/${runningId}/status`, { status: 'running' })
  return { running: runningId, draft: draftId }
}

async function addTo(stage: Stage, campaignId: string, waves: readonly Wave[]): Promise<void> {
  const contactIds = await contactIdsOf(stage, waves)
  await ask(stage, 'POST', `/campaigns/${campaignId}/members`, { contactIds })
}

/** Ids of the characters of these waves, in the order of the story. */
export async function contactIdsOf(stage: Stage, waves: readonly Wave[]): Promise<readonly string[]> {
  const contacts = await idsByAddress(stage)
  return characters
    .filter(({ wave }) => waves.includes(wave))
    .flatMap((character) => contacts.get(addressOf(character)) ?? [])
}

async function idsByAddress(stage: Stage): Promise<ReadonlyMap<string, string>> {
  const contacts = await all<Contact>(stage, '/contacts')
  return new Map(contacts.map(({ id, address }) => [address, id]))
}
