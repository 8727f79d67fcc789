/** A note for the team beside the mails; an @ calls somebody by name. Kept as a draft until it is saved. */
import { useEffect, useRef, useState } from 'react'
import type { KeyboardEvent, ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { useDraft } from '../client/draft.ts'
import { useProblemSentence } from '../client/problem.ts'
import { Button } from '../ui/button.tsx'
import { TextArea } from '../ui/field.tsx'
import { ProblemBanner } from '../ui/states.tsx'
import { useTeam } from './asks.ts'
import { calledAt, completed, fitting, mentionedIn } from './mentions.ts'
import { useAddNote } from './tells.ts'
import styles from './inbox.module.css'

interface NoteProps {
  readonly id: string
  readonly draft: ReturnType<typeof useDraft<string>>
  readonly close: () => void
}

export function NoteForm({ id, draft: [text, keep, forget], close }: NoteProps): ReactElement {
  const { t } = useTranslation('inbox')
  const { t: shell } = useTranslation('shell')
  const sentence = useProblemSentence()
  const note = useAddNote(id)
  const team = useTeam()
  const field = useRef<HTMLTextAreaElement>(null)
  const [caret, setCaret] = useState(0)
  const [at, setAt] = useState(0)
  const [waved, wave] = useState(false)
  useEffect(() => field.current?.focus(), [])
  const called = waved ? undefined : calledAt(text, caret)
  const people = called ? fitting(team, called.begun) : []
  const chosen = people[Math.min(at, people.length - 1)]

  function save(): void {
    if (text.trim() === '') return
    note.mutate(
      { text, mentions: mentionedIn(text, team) },
      {
        onSuccess: () => {
          forget()
          close()
        },
      },
    )
  }
  function take(name: string): void {
    if (!called) return
    const next = completed(text, caret, { from: called.from, name })
    keep(next.text)
    setCaret(next.caret)
    requestAnimationFrame(() => field.current?.setSelectionRange(next.caret, next.caret))
    field.current?.focus()
  }
  function press(event: KeyboardEvent): void {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save()
    else if (chosen && (event.key === 'Enter' || event.key === 'Tab')) take(chosen.name)
    else if (chosen && event.key === 'ArrowDown') setAt(Math.min(at + 1, people.length - 1))
    else if (chosen && event.key === 'ArrowUp') setAt(Math.max(at - 1, 0))
    else if (event.key === 'Escape' && chosen) wave(true)
    else if (event.key === 'Escape') {
      close()
      return
    } else return
    event.preventDefault()
  }
  return (
    <form
      className={styles['answer']}
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      {note.error ? <ProblemBanner sentence={t('note.failed', { why: sentence(note.error) })} /> : null}
      <div className={styles['noteField']}>
        <TextArea
          ref={field}
          label={t('note.label')}
          hint={t('note.placeholder')}
          rows={3}
          value={text}
          role="combobox"
          aria-expanded={people.length > 0}
          aria-controls="note-people"
          aria-autocomplete="list"
          aria-activedescendant={chosen ? `note-${chosen.personId}` : undefined}
          onKeyDown={press}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
          onText={(next) => {
            keep(next)
            setCaret(field.current?.selectionStart ?? next.length)
            setAt(0)
            wave(false)
          }}
        />
        {people.length > 0 ? (
          <ul id="note-people" role="listbox" aria-label={t('note.people')} className={styles['people']}>
            {people.map((person, index) => (
              <li
                key={person.personId}
                id={`note-${person.personId}`}
                role="option"
                aria-selected={person === chosen}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => take(person.name)}
                onPointerMove={() => setAt(index)}
              >
                {person.name}
              </li>
            ))}
          </ul>
        ) : null}
      </div>
      <div className={styles['deskActs']}>
        <Button type="submit" look="primary" busy={note.isPending} disabled={text.trim() === ''}>
          {t('note.add')}
        </Button>
        <Button look="quiet" onClick={close}>
          {shell('act.close')}
        </Button>
      </div>
    </form>
  )
}
