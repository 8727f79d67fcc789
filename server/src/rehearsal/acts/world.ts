/** Peoples the practice world: three accounts for the team, and the influencers of the story. */
import type { Act, Stage } from '../stage.ts'
import { addressOf, characters, handleOf, plain } from '../story/characters.ts'

const google = 'brand.practice.example'
const office = 'office.practice.example'

export const peopleTheWorld: Act = async (stage) => {
  const { world, actor, story, language } = stage
  const brand = plain(stage.workspaceName).replaceAll('.', '-') || 'atelier'
  const wished = [
    ['address.first', `${plain(actor.name) || 'team'}@${google}`],
    ['address.second', `${story.second}.${brand}@${google}`],
    ['address.third', `${story.third}.${brand}@${office}`],
  ] as const
  const made: Record<string, string> = {}
  for (const [role, address] of wished) {
    const kept = stage.made[role] ?? (await freeAddress(stage, address))
    await world.account({ address: kept, name: actor.name, language })
    made[role] = kept
  }
  await world.people(
    characters.map((character) => ({
      address: addressOf(character),
      name: character.name,
      handle: handleOf(character),
      language: character.abroad === true ? otherThan(language) : language,
      temperament: character.temperament,
    })),
  )
  return { ...made, asleep: (await world.acting(true)) ? '' : 'yes' }
}

/** Nobody's mailbox of an earlier story is taken over: the day's count of an address stays with it. */
async function freeAddress({ world }: Stage, address: string): Promise<string> {
  const [local = '', domain = ''] = address.split('@')
  let free = address
  for (let number = 2; await world.hasAccount(free); number++) free = `${local}-${number}@${domain}`
  return free
}

export function otherThan(language: 'en' | 'de'): 'en' | 'de' {
  return language === 'de' ? 'en' : 'de'
}
