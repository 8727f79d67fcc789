/** The history on the timetable gutter: every mail with its state, notes and turns between, what has yet to leave last. */
import type { Conversation, Note, Turn } from '@kontor/api/inbox'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useTimes } from '../client/language.ts'
import { type TimeLine, timeLine } from './history.ts'
import { MailEntry } from './mail-entry.tsx'
import { piecesOf } from './mentions.ts'
import styles from './inbox.module.css'

export function History({ conversation }: { readonly conversation: Conversation }): ReactElement {
  const { t } = useTranslation('inbox')
  const lines = timeLine(conversation)
  if (lines.length === 0) return <p className={styles['none']}>{t('empty.history')}</p>
  return (
    <ol className={styles['history']}>
      {lines.map((line, at) => (
        <Line key={line.id} line={line} before={lines[at - 1]} conversation={conversation} />
      ))}
    </ol>
  )
}

function Line({
  line,
  before,
  conversation,
}: {
  readonly line: TimeLine
  readonly before: TimeLine | undefined
  readonly conversation: Conversation
}): ReactElement {
  const times = useTimes()
  const sameDay = before !== undefined && times.dayKey(before.at) === times.dayKey(line.at)
  return (
    <li
      className={styles['entry']}
      data-future={line.future ? 'true' : undefined}
      data-kind={line.kind === 'mail' ? line.entry.direction : line.kind}
    >
      <time className={styles['gutter']} dateTime={line.at} title={times.full(line.at)}>
        {sameDay ? null : <span className={styles['gutterDay']}>{dayWord(times, line.at)}</span>}
        <span>{times.clock(line.at)}</span>
      </time>
      {line.kind === 'note' ? <NoteEntry note={line.note} /> : null}
      {line.kind === 'turn' ? <TurnEntry turn={line.turn} /> : null}
      {line.kind === 'mail' ? <MailEntry entry={line.entry} conversation={conversation} /> : null}
    </li>
  )
}

function NoteEntry({ note }: { readonly note: Note }): ReactElement {
  const { t } = useTranslation('inbox')
  return (
    <div className={styles['note']}>
      <p className={styles['entryHead']}>
        <strong>{note.authorName}</strong> <span>{t('kind.note')}</span>
      </p>
      <p className={styles['noteText']}>
        {piecesOf(note.text, note.mentions).map(({ at, text, mention }) =>
          mention ? (
            <strong key={at} className={styles['mention']}>
              {text}
            </strong>
          ) : (
            text
          ),
        )}
      </p>
    </div>
  )
}

function TurnEntry({ turn }: { readonly turn: Turn }): ReactElement {
  const { t } = useTranslation('inbox')
  const times = useTimes()
  const who = turn.personName ?? ''
  const until = turn.until ? times.short(turn.until) : ''
  const key = turn.kind === 'assigned' && turn.name === undefined ? 'unassigned' : turn.kind
  const self = turn.kind === 'woke' && turn.personName === undefined ? 'wokeItself' : key
  return <p className={styles['turn']}>{t(`turn.${self}`, { who, name: turn.name ?? '', until })}</p>
}

/** "Today" in words, any other day as a date that fits the gutter. */
function dayWord(times: ReturnType<typeof useTimes>, at: string): string {
  const gutter = times.gutter(at)
  return gutter === times.clock(at) ? times.day(at) : gutter
}
