/** In what ways people answer, as the practice world is asked for each. */
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
