/** What the two forms for applying share: a few words, and the two buttons at the end. */
import type { ReactElement, Ref } from 'react'
import type { PublicBrief } from '@kontor/api/campaigns'
import { brandStyle } from './look.ts'
import { useBriefWords } from './words.ts'
import styles from './brief.module.css'

type Brief = Omit<PublicBrief, 'state'>

interface MessageProps {
  readonly brief: Brief
  readonly message: string
  readonly write: (message: string) => void
  readonly ref?: Ref<HTMLTextAreaElement>
}

export function MessageField({ brief, message, write, ref }: MessageProps): ReactElement {
  const words = useBriefWords(brief)
  return (
    <label className={styles['field']}>
      <span>{words('message', { brand: brief.brandName })}</span>
      <textarea
        {...(ref ? { ref } : {})}
        rows={6}
        maxLength={5000}
        value={message}
        onChange={(event) => write(event.currentTarget.value)}
      />
      <small>{words('messageHint')}</small>
    </label>
  )
}

interface ButtonsProps {
  readonly brief: Brief
  readonly sending: boolean
  readonly back: () => void
}

export function FormButtons({ brief, sending, back }: ButtonsProps): ReactElement {
  const words = useBriefWords(brief)
  return (
    <div className={styles['buttons']}>
      <button type="submit" className={styles['primary']} style={brandStyle(brief)} disabled={sending}>
        {words('send')}
      </button>
      <button type="button" className={styles['quiet']} onClick={back}>
        {words('back')}
      </button>
    </div>
  )
}

export function Wrong({ sentence }: { readonly sentence: string }): ReactElement {
  return (
    <p role="alert" className={styles['problem']}>
      {sentence}
    </p>
  )
}
