/** The help: one article, the same words as the PDF. Every section has its own address. */
import { article as german } from '@kontor/api/help/de/article'
import { withContacts } from '@kontor/api/help/contacts'
import { article as english } from '@kontor/api/help/en/article'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../client/language.ts'
import { HelpPdfLink } from '../parts/help-pdf-link.tsx'
import { Page, Section } from '../ui/page.tsx'
import { ArticleBlock } from './article-block.tsx'
import { useSupportContacts } from './asks.ts'
import styles from './help.module.css'

const articles = { en: english, de: german } as const

export function HelpPage(): ReactElement {
  const { t } = useTranslation('help')
  const language = useLanguage()
  const { lead, sections } = withContacts(articles[language], useSupportContacts())
  return (
    <Page title={t('title')} acts={<HelpPdfLink />}>
      <div className={styles['help']}>
        <nav aria-label={t('contents')} className={styles['contents']}>
          {sections.map(({ id, title }) => (
            <Link key={id} to="/help" hash={id}>
              {title}
            </Link>
          ))}
        </nav>
        <div className={styles['article']} lang={language}>
          <p className={styles['lead']}>{lead}</p>
          {sections.map(({ id, title, blocks }) => (
            <Section key={id} id={id} title={title}>
              {blocks.map((block, at) => (
                <ArticleBlock key={at} block={block} />
              ))}
              {id === 'pdf' ? (
                <p>
                  <HelpPdfLink />
                </p>
              ) : null}
            </Section>
          ))}
        </div>
      </div>
    </Page>
  )
}
