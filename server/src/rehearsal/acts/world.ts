/** Peoples the practice world: three accounts for the team, and the influencers of the story. */
import type { Act, Stage } from '../stage.ts'
import { addressOf, characters, handleOf, plain } from '../story/characters.ts'

const google = 'brand.practice.example'
const office = 'office.practice.example'
const mostStories = 1000

export const peopleTheWorld: Act = async (stage) => {
  const { world, actor, story, language } = stage
  const brand = plain(stage.workspaceName).replaceAll('.', '-') || 'atelier'
  const own = plain(actor.name) || 'team'
  const wished = [
    ['address.first', google, [own, own.replace(/^([a-z])[a-z]*[.]/, '$1.')]],
    ['address.second', google, [`${story.second}.${brand}`]],
    ['address.third', office, [`${story.third}.${brand}`]],
  ] as const satisfies readonly (readonly [string, string, readonly [string, ...string[]]])[]
  const made: Record<string, string> = {}
  for (const [role, domain, locals] of wished) {
    const kept = stage.made[role] ?? (await freeAddress(stage, domain, locals))
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
async function freeAddress(
  { world }: Stage,
  domain: string,
  locals: readonly [string, ...string[]],
): Promise<string> {
  const numbered = Array.from({ length: mostStories }, (_, at) => `${locals[0]}-${at + 2}`)
  for (const local of [...locals, ...numbered]) {
    const address = `${local}@${domain}`
    if (!(await world.hasAccount(address))) return address
  }
  throw new Error(`every address like ${locals[0]}@${domain} is taken`)
}

export function otherThan(language: 'en' | 'de'): 'en' | 'de' {
  return language === 'de' ? 'en' : 'de'
}
