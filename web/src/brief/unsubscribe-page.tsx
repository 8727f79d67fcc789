/** Stopping campaign emails from a link in one. Opening the page does nothing; the button does (mail scanners open links). */
import type { ReactElement } from 'react'
import { PlainPage } from './plain-page.tsx'
import { useStop } from './use-brief-link.ts'
import { useBriefWords } from './words.ts'
import styles from './brief.module.css'

export function UnsubscribePage({ token }: { readonly token: string }): ReactElement {
  const words = useBriefWords(undefined)
  const { status, stop } = useStop(token)
  if (status === 'stopped') return <PlainPage title={words('stoppedTitle')} body={words('stoppedBody')} />
  if (status === 'unknown') return <PlainPage title={words('unknownTitle')} body={words('stopUnknown')} />
  return (
    <PlainPage
      title={words('stopTitle')}
      body={words('stopBody')}
      act={{ label: words('stopAct'), run: stop, running: status === 'running' }}
    >
      {status === 'failed' ? (
        <p role="alert" className={styles['problem']}>
          {words('stopFailed')}
        </p>
      ) : null}
    </PlainPage>
  )
}
