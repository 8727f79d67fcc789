/** What a template said before, in one language: when, by whom, and the way back. */
import type { TemplateVersions } from '@kontor/api/templates'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useTimes } from '../client/language.ts'
import { useProblemSentence } from '../client/problem.ts'
import { LetterText } from '../parts/letter-text.tsx'
import type { Words } from '../parts/message-text.tsx'
import { Button } from '../ui/button.tsx'
import { Loading, ProblemBanner } from '../ui/states.tsx'
import { Timetable, TimetableRow } from '../ui/timetable.tsx'
import { useVersions } from './asks.ts'
import styles from './templates.module.css'

interface VersionsProps {
  readonly id: string
  readonly language: 'en' | 'de'
  readonly current: Words
  /** Absent for somebody who only reads. */
  readonly restore?: (text: Words) => void
}

export function Versions({ id, language, current, restore }: VersionsProps): ReactElement {
  const { t } = useTranslation('templates')
  const sentence = useProblemSentence()
  const found = useVersions(id, language)
  if (found.isPending) return <Loading />
  if (!found.data)
    return <ProblemBanner sentence={sentence(found.error)} retry={() => void found.refetch()} />
  const { rows } = found.data
  if (rows.length === 0) return <p className={styles['none']}>{t('versions.none')}</p>
  return (
    <Timetable label={t('versions.title')}>
      {rows.map((one, at) => (
        <Version
          key={one.version}
          version={one}
          inUse={at === 0 && one.body === current.body && one.subject === current.subject}
          restore={restore}
        />
      ))}
    </Timetable>
  )
}

function Version(props: {
  readonly version: TemplateVersions['rows'][number]
  readonly inUse: boolean
  readonly restore: ((text: Words) => void) | undefined
}): ReactElement {
  const { t } = useTranslation('templates')
  const times = useTimes()
  const { version, inUse, restore } = props
  const { subject, body, author, createdAt } = version
  return (
    <TimetableRow
      past
      height="open"
      gutter={
        <time dateTime={createdAt} title={times.full(createdAt)}>
          {times.gutter(createdAt)}
        </time>
      }
    >
      <details className={styles['version']}>
        <summary>
          <span>{subject}</span>
          <small>{[author, inUse ? t('versions.inUse') : ''].filter(Boolean).join(', ')}</small>
        </summary>
        <div className={styles['paper']}>
          <LetterText text={body} />
        </div>
        {inUse || !restore ? null : (
          <Button
            onClick={() => {
              restore({ subject, body })
              scrollTo({ top: 0 })
            }}
          >
            {t('versions.restore')}
          </Button>
        )}
      </details>
    </TimetableRow>
  )
}
