/** Files of a mail: images as they are, others as downloads with their size. A blocked file is named, never offered. */
import type { Attachment, HistoryEntry, LinkedFile } from '@kontor/api/inbox'
import { useState } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage, useTimes } from '../client/language.ts'
import { useHere } from '../client/session.ts'
import { localeOf } from '../client/time.ts'
import { fileSize } from '@kontor/api/file-size'
import { Button } from '../ui/button.tsx'
import { hasFiles } from './history.ts'
import { useEndLink } from './tells.ts'
import styles from './inbox.module.css'

/** `inLayout`: the mail's own layout is on the screen and shows its images itself. */
export function AttachmentList({
  entry,
  inLayout,
}: {
  readonly entry: HistoryEntry
  readonly inLayout: boolean
}): ReactElement | null {
  const { t } = useTranslation('inbox')
  const here = useHere()
  if (entry.attachments.length === 0 && entry.links.length === 0) return null
  const path = (file: Attachment): string =>
    `/api/v1${here.path(`/messages/${entry.id}/attachments/${file.id}`)}`
  const files = entry.attachments.filter((file) => !(inLayout && file.inline))
  const images = hasFiles(entry) ? files.filter((file) => file.image) : []
  const others = files.filter((file) => !images.includes(file))
  return (
    <>
      {images.length > 0 ? (
        <ul className={styles['images']} aria-label={t('conversation.imagesLabel')}>
          {images.map((file) => (
            <Image key={file.id} file={file} path={path(file)} />
          ))}
        </ul>
      ) : null}
      {others.length > 0 || entry.links.length > 0 ? (
        <ul className={styles['attachments']} aria-label={t('conversation.attachments')}>
          {others.map((file) => (
            <FileLine key={file.id} file={file} path={hasFiles(entry) ? path(file) : undefined} />
          ))}
          {entry.links.map((link) => (
            <LinkLine key={link.id} link={link} />
          ))}
        </ul>
      ) : null}
    </>
  )
}

/** What claims to be an image and is none falls back to a download. */
function Image({ file, path }: { readonly file: Attachment; readonly path: string }): ReactElement {
  const [broken, setBroken] = useState(false)
  if (broken) return <FileLine file={file} path={path} />
  return (
    <li>
      <a href={path} download title={file.filename}>
        <img src={`${path}/image`} alt={file.filename} loading="lazy" onError={() => setBroken(true)} />
      </a>
    </li>
  )
}

function FileLine({
  file,
  path,
}: {
  readonly file: Attachment
  readonly path: string | undefined
}): ReactElement {
  const { t } = useTranslation('inbox')
  const locale = localeOf(useLanguage())
  return (
    <li>
      {path && !file.blocked ? (
        <a href={path} download>
          {file.filename}
        </a>
      ) : (
        <span>{file.filename}</span>
      )}{' '}
      <small>{file.blocked ? t('conversation.blocked') : fileSize(file.size, locale)}</small>
    </li>
  )
}

function LinkLine({ link }: { readonly link: LinkedFile }): ReactElement {
  const { t } = useTranslation('inbox')
  const here = useHere()
  const times = useTimes()
  const locale = localeOf(useLanguage())
  const end = useEndLink()
  const until = link.expiresAt === undefined ? [] : [t('link.until', { day: times.short(link.expiresAt) })]
  return (
    <li>
      {link.filename}{' '}
      <small>
        {[
          fileSize(link.size, locale),
          t('link.as'),
          ...(link.revoked ? [t('link.ended')] : until),
          t('link.downloads', { count: link.downloads }),
        ].join(', ')}
      </small>{' '}
      {here.may.act && !link.revoked ? (
        <Button look="link" busy={end.isPending} onClick={() => end.mutate(link.id)}>
          {t('link.end')}
        </Button>
      ) : null}
    </li>
  )
}
