/**
 * A received mail in its own layout. The frame runs no script: its sandbox has none, its document's policy has none, and
 * the document was sanitised. Its height is read from outside. Remote images load when asked for, per mail.
 */
import type { HistoryEntry } from '@kontor/api/inbox'
import { useRef, useState } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useHere } from '../client/session.ts'
import { Button } from '../ui/button.tsx'
import styles from './inbox.module.css'

const tallest = 900

export function Original({ entry }: { readonly entry: HistoryEntry }): ReactElement {
  const { t } = useTranslation('inbox')
  const here = useHere()
  const frame = useRef<HTMLIFrameElement>(null)
  const [loaded, load] = useState(false)
  const [height, setHeight] = useState(160)

  function measure(): void {
    const body = frame.current?.contentDocument?.documentElement
    if (body) setHeight(Math.min(tallest, Math.max(60, body.scrollHeight + 2)))
  }
  return (
    <div className={styles['original']}>
      {entry.remoteImages > 0 && !loaded ? (
        <p className={styles['remote']}>
          {t('conversation.images', { count: entry.remoteImages })}{' '}
          <Button look="link" onClick={() => load(true)}>
            {t('conversation.imagesAct')}
          </Button>
        </p>
      ) : null}
      <iframe
        key={loaded ? 'loaded' : 'blocked'}
        ref={frame}
        className={styles['frame']}
        style={{ height }}
        sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
        referrerPolicy="no-referrer"
        src={`/api/v1${here.path(`/messages/${entry.id}/html`)}${loaded ? '?images=loaded' : ''}`}
        title={t('conversation.frame', { name: entry.fromName || entry.fromAddress })}
        onLoad={measure}
      />
    </div>
  )
}
