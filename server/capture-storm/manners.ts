/** In what ways people answer, as the practice world is asked for each. */
import type { Chance } from '../simulation/chance.ts'
import { weighted } from '../simulation/chance.ts'
import { addressOf } from '../story/cast.ts'

/** How an answer comes; `bare` has no References, and only Microsoft's conversation tells where it belongs. */
export type Manner =
  | 'plain'
  | 'in-reply-to'
  | 'references'
  | 'other-writer'
  | 'spam'
  | 'archived'
  | 'other-subject'
  | 'bare'

/** Draws one; what a provider or its owner's wish has no room for is left out. */
export function drawManner(
  chance: Chance,
  room: { readonly bare: boolean; readonly otherSubject: boolean },
): Manner {
  return weighted<Manner>(
    chance,
    {
      plain: 8,
      'in-reply-to': 2,
      references: 2,
      'other-writer': 1,
      spam: 1,
      archived: 1,
      'other-subject': room.otherSubject ? 1 : 0,
      bare: room.bare ? 1 : 0,
    },
    'plain',
  )
}

const references = { 'in-reply-to': 'in-reply-to', references: 'references', bare: 'none' } as const

/** The answer of an influencer to the letter that arrived as number `toMessage`. */
export function answerOf(
  name: string,
  manner: Manner,
  answer: { readonly toMessage: number | undefined; readonly text: string },
): Readonly<Record<string, unknown>> {
  return {
    from: addressOf(name),
    ...answer,
    ...(manner in references ? { references: references[manner as keyof typeof references] } : {}),
    ...(manner === 'other-writer' ? { fromOther: managerOf(name) } : {}),
    ...(manner === 'spam' ? { labels: ['SPAM', 'UNREAD'] } : {}),
    ...(manner === 'archived' ? { labels: [] } : {}),
    ...(manner === 'other-subject' ? { changedSubject: `News of ${name}` } : {}),
  }
}

function managerOf(name: string): string {
  return `Manager of ${name} <manager.${name.toLowerCase()}@agency.practice.example>`
}
