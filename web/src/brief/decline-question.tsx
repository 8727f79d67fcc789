/** Saying no: one sentence on what it does, then one button. A POST, so that no mail scanner can decline. */
import { useEffect, useRef } from 'react'
import type { ReactElement } from 'react'
import type { ActProps } from './apply-form.tsx'
import { brandStyle } from './look.ts'
import { useBriefAct } from './use-brief-link.ts'
import { useBriefWords } from './words.ts'
import styles from './brief.module.css'

export function DeclineQuestion({ token, brief, settle, back }: ActProps): ReactElement {
  const words = useBriefWords(brief)
  const act = useBriefAct(token, settle)
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => title.current?.focus(), [])
  return (
    <div className={styles['form']}>
      <h2 ref={title} tabIndex={-1} className={styles['question']}>
        {words('declineTitle')}
      </h2>
      <p className={styles['answer']}>{words('declineBody', { brand: brief.brandName })}</p>
      {act.failed ? (
        <p role="alert" className={styles['problem']}>
          {words('failed')}
        </p>
      ) : null}
      <div className={styles['buttons']}>
        <button
          type="button"
          className={styles['primary']}
          style={brandStyle(brief)}
          disabled={act.running}
          onClick={act.decline}
        >
          {words('declineAct')}
        </button>
        <button type="button" className={styles['quiet']} onClick={back}>
          {words('declineKeep')}
        </button>
      </div>
    </div>
  )
}
