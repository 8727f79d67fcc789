/**
 * Applying by a personal link: a few words. What was typed stays until it arrived, also when the page is closed in
 * between.
 */
import { useEffect, useRef } from 'react'
import type { ReactElement } from 'react'
import type { PublicBrief } from '@kontor/api/campaigns'
import { useDraft } from '../client/draft.ts'
import { useBriefAct } from './use-brief-link.ts'
import { brandStyle } from './look.ts'
import { useBriefWords } from './words.ts'
import styles from './brief.module.css'

export interface ActProps {
  readonly token: string
  readonly brief: PublicBrief
  readonly settle: (brief: PublicBrief) => void
  readonly back: () => void
}

export function ApplyForm({ token, brief, settle, back }: ActProps): ReactElement {
  const words = useBriefWords(brief)
  const [message, setMessage, forget] = useDraft(`apply:${token}`, '')
  const field = useRef<HTMLTextAreaElement>(null)
  const act = useBriefAct(token, settle)
  useEffect(() => field.current?.focus(), [])

  function send(): void {
    act.apply({ message }, forget)
  }

  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <label className={styles['field']}>
        <span>{words('message', { brand: brief.brandName })}</span>
        <textarea
          ref={field}
          rows={6}
          maxLength={5000}
          value={message}
          onChange={(event) => setMessage(event.currentTarget.value)}
        />
        <small>{words('messageHint')}</small>
      </label>
      {act.failed ? (
        <p role="alert" className={styles['problem']}>
          {words('failed')}
        </p>
      ) : null}
      <div className={styles['buttons']}>
        <button type="submit" className={styles['primary']} style={brandStyle(brief)} disabled={act.running}>
          {words('send')}
        </button>
        <button type="button" className={styles['quiet']} onClick={back}>
          {words('back')}
        </button>
      </div>
    </form>
  )
}
