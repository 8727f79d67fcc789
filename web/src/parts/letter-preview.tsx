/**
 * What real people would read, while a text is being written: one letter at a time, asked of the server that will write it.
 * A variable that somebody lacks is named with the person, because that person would be left out.
 */
import type { LetterWish, LettersSeen } from '@kontor/api/templates'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useProblemSentence } from '../client/problem.ts'
import { useHere } from '../client/session.ts'
import { Select } from '../ui/field.tsx'
import { ProblemBanner } from '../ui/states.tsx'
import { useLetters } from './letter-asks.ts'
import styles from './letter-preview.module.css'
import { RichText } from './rich-text.tsx'
import { TestLetter } from './test-letter.tsx'

interface PreviewProps {
  readonly wish: LetterWish
  /** Beside the choice of the person. */
  readonly choice?: ReactNode
  /** Names of the files that go with it. */
  readonly files?: readonly string[]
}

export function LetterPreview({ wish, choice, files = [] }: PreviewProps): ReactElement {
  const { t } = useTranslation('bulk')
  const here = useHere()
  const sentence = useProblemSentence()
  const [asked] = useDebouncedValue(wish, 400)
  const found = useLetters(asked)
  const [chosen, choose] = useState<string>()
  const seen = found.data
  const letter = seen?.letters.find(({ contactId }) => contactId === chosen) ?? seen?.letters[0]
  return (
    <section className={styles['preview']} aria-label={t('preview.title')}>
      <div className={styles['head']}>
        <h2>{t('preview.title')}</h2>
        {choice}
        {seen && letter ? (
          <Select
            label={t('preview.person')}
            hideLabel
            compact
            value={letter.contactId}
            options={seen.letters.map(({ contactId, name, missing }) => ({
              value: contactId,
              label: missing.length === 0 ? name : t('preview.lacking', { name, names: missing.join(', ') }),
            }))}
            onChoose={choose}
          />
        ) : null}
      </div>
      {found.error ? <ProblemBanner sentence={sentence(found.error)} /> : null}
      {seen ? <Wrong seen={seen} /> : null}
      {letter && letter.missing.length > 0 ? (
        <p className={styles['wrong']} role="status">
          {wish.kind === 'direct'
            ? t('preview.missingDirect', { name: letter.name, names: letter.missing.join(', ') })
            : t('preview.missing', { name: letter.name, names: letter.missing.join(', ') })}
        </p>
      ) : null}
      <div className={styles['paper']} lang={wish.language}>
        {letter ? (
          <>
            <p className={styles['subject']}>{letter.subject}</p>
            <RichText html={letter.html} links="shown" />
          </>
        ) : (
          <p className={styles['quiet']}>{quiet()}</p>
        )}
      </div>
      {files.length > 0 ? (
        <p className={styles['files']}>
          {t(here.may.act ? 'preview.filesNotToMe' : 'preview.files', { names: files.join(', ') })}
        </p>
      ) : null}
      {letter && here.may.act ? (
        <TestLetter key={letter.contactId} wish={{ ...wish, contactId: letter.contactId }} />
      ) : null}
    </section>
  )

  function quiet(): string {
    if (wish.subject === '' && wish.body === '') return t('preview.empty')
    if (seen?.problem) return t('preview.unread')
    return seen ? t('preview.nobody') : ''
  }
}

function Wrong({ seen }: { readonly seen: LettersSeen }): ReactElement | null {
  const { t } = useTranslation('bulk')
  const { problem, unknown } = seen
  const example = '{{ name }}'
  if (problem)
    return (
      <p className={styles['wrong']} role="status">
        {problem.code === 'unknown_filter'
          ? t('preview.filter', { name: problem.detail })
          : t('preview.broken', { text: problem.detail, example })}
      </p>
    )
  if (unknown.length === 0) return null
  return (
    <p className={styles['wrong']} role="status">
      {t('preview.unknown', { count: unknown.length, names: unknown.join(', ') })}
    </p>
  )
}
