/** The help article as a document for print: the same words, with the date from which they hold. */
import { article as german } from '@kontor/api/help/de/article'
import { article as english } from '@kontor/api/help/en/article'
import type { Language } from '@kontor/api/common'
import { withContacts } from '@kontor/api/help/contacts'
import type { SupportContacts } from '@kontor/api/server'
import type { Paper } from '../platform/paper/index.ts'

const articles = { en: english, de: german } as const
const locales = { en: 'en-GB', de: 'de-DE' } as const

export function helpPaper(language: Language, contacts?: SupportContacts): Paper {
  const article = withContacts(articles[language], contacts)
  const day = Temporal.PlainDate.from(article.revised)
  const date = day.toLocaleString(locales[language], { dateStyle: 'long' })
  return {
    title: article.title,
    lead: article.lead,
    language,
    written: day.toZonedDateTime('UTC').toInstant(),
    note: article.revisedLine.replace('{date}', date),
    contents: article.contents,
    pageLine: (page, pages) =>
      article.pageLine.replace('{page}', String(page)).replace('{pages}', String(pages)),
    sections: article.sections,
  }
}

/** What the file is called where it is kept. */
export function fileNameOf(paper: Paper): string {
  return `Kontor ${paper.title}.pdf`.replaceAll(' ', '-')
}
