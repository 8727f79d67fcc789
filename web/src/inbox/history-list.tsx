/** The history on the timetable gutter: every mail with its state, notes between, what has yet to leave last. */
import type { Conversation } from '@kontor/api/inbox'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useTimes } from '../client/language.ts'
import { type TimeLine, timeLine } from './history.ts'
import { MailEntry } from './mail-entry.tsx'
import styles from './inbox.module.css'

export function History({ conversation }: { readonly conversation: Conversation }): ReactElement {
  const { t } = useTranslation('inbox')
  const lines = timeLine(conversation)
  if (lines.length === 0) return <p className={styles['none']}>{t('empty.history')}</p>
  return (
    <ol className={styles['history']}>
      {lines.map((line, at) => (
        <Line key={line.kind === 'note' ? line.note.id : line.entry.id} line={line} before={lines[at - 1]} />
      ))}
    </ol>
  )
}

function Line({
  line,
  before,
}: {
  readonly line: TimeLine
  readonly before: TimeLine | undefined
}): ReactElement {
  const { t } = useTranslation('inbox')
  const times = useTimes()
  const sameDay = before !== undefined && times.dayKey(before.at) === times.dayKey(line.at)
  return (
    <li
      className={styles['entry']}
      data-future={line.future ? 'true' : undefined}
      data-kind={line.kind === 'note' ? 'note' : line.entry.direction}
    >
      <time className={styles['gutter']} dateTime={line.at} title={times.full(line.at)}>
        {sameDay ? null : <span className={styles['gutterDay']}>{dayWord(times, line.at)}</span>}
        <span>{times.clock(line.at)}</span>
      </time>
      {line.kind === 'note' ? (
        <div className={styles['note']}>
          <p className={styles['entryHead']}>
            <strong>{line.note.authorName}</strong> <span>{t('kind.note')}</span>
          </p>
          <p className={styles['noteText']}>{line.note.text}</p>
        </div>
      ) : (
        <MailEntry entry={line.entry} />
      )}
    </li>
  )
}

/** "Today" in words, any other day as a date that fits the gutter. */
function dayWord(times: ReturnType<typeof useTimes>, at: string): string {
  const gutter = times.gutter(at)
  return gutter === times.clock(at) ? times.day(at) : gutter
}
