/** The article of one installation: its end names whom people may ask there. What is empty is not shown. */
import type { SupportContacts } from '../server.ts'
import type { Article, Text } from './article.ts'

/** `contacts` undefined: nobody is named. */
export function withContacts(article: Article, contacts: SupportContacts | undefined): Article {
  const { chatUrl = '', communityUrl = '', adminAddress = '' } = contacts ?? {}
  const named = [
    [article.contacts.chat, chatUrl],
    [article.contacts.community, communityUrl],
    [article.contacts.admin, adminAddress === '' ? '' : `mailto:${adminAddress}`],
  ] as const
  const entries = named.flatMap(([link, to]): Text[] => (to === '' ? [] : [[{ link, to }]]))
  if (entries.length === 0) return article
  return {
    ...article,
    sections: article.sections.map((section) =>
      section.id === 'more'
        ? { ...section, blocks: [...section.blocks, { kind: 'list', entries }] }
        : section,
    ),
  }
}
