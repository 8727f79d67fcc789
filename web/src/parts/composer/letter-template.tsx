/**
 * A template in a personal letter: filled in for this person, under what stands there already. What has no value stays in its
 * braces, and the letter waits until the person has written something there.
 */
import type { TemplateOpened } from '@kontor/api/templates'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useProblemSentence } from '../../client/problem.ts'
import { useFillIn } from '../letter-asks.ts'
import { TemplateMenu } from '../template-menu.tsx'
import { layoutOf } from './layout.ts'
import type { Letter } from './letter.ts'
import { withTemplate } from './letter.ts'
import styles from './composer.module.css'

interface TemplateProps {
  readonly about: {
    readonly contactId: string
    readonly campaignId?: string | undefined
    readonly mailboxId?: string | undefined
  }
  readonly language: 'en' | 'de'
  readonly change: (next: (letter: Letter) => Partial<Letter>) => void
}

export function LetterTemplate({ about, language, change }: TemplateProps): ReactElement {
  const { t } = useTranslation('parts')
  const sentence = useProblemSentence()
  const fill = useFillIn()

  function take({ texts }: TemplateOpened): void {
    const written = texts[language] ? language : language === 'en' ? 'de' : 'en'
    const text = texts[written]
    if (!text) return
    const { contactId, campaignId, mailboxId } = about
    const wish = {
      kind: 'direct' as const,
      language: written,
      ...text,
      contactId,
      ...(campaignId ? { campaignId } : {}),
      ...(mailboxId ? { mailboxId } : {}),
    }
    fill.mutate(wish, {
      onSuccess: ({ letters: [made] }) => {
        if (!made) return
        const page = new DOMParser().parseFromString(made.html, 'text/html').body
        change((letter) => withTemplate(letter, { ...made, html: layoutOf(page) }))
      },
    })
  }
  return (
    <>
      <TemplateMenu kind="direct" choose={take} replaces={false} />
      {fill.error ? (
        <span role="alert" className={styles['gaps']}>
          {t('template.failed', { why: sentence(fill.error) })}
        </span>
      ) : null}
    </>
  )
}
