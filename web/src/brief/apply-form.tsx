/**
 * Applying by a personal link: a few words. What was typed stays until it arrived, also when the page is closed in
 * between.
 */
import { useEffect, useRef } from 'react'
import type { ReactElement } from 'react'
import type { PublicBrief } from '@kontor/api/campaigns'
import { useDraft } from '../client/draft.ts'
import { FormButtons, MessageField, Wrong } from './form-parts.tsx'
import { useBriefAct } from './use-brief-link.ts'
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
      <MessageField ref={field} brief={brief} message={message} write={setMessage} />
      {act.failed ? <Wrong sentence={words('failed')} /> : null}
      <FormButtons brief={brief} sending={act.running} back={back} />
    </form>
  )
}
