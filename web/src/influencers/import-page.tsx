/** Importing a list from a file: choosing it, saying what its columns are, and what became of every line. */
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { DragEvent, ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemError } from '../client/http.ts'
import { useProblemSentence } from '../client/problem.ts'
import { useHere } from '../client/session.ts'
import { Page } from '../ui/page.tsx'
import { Progress } from '../ui/progress.tsx'
import { EmptyState, Loading, ProblemBanner } from '../ui/states.tsx'
import { mostBytes, useImport, useSendFile } from './import-asks.ts'
import { ImportColumns } from './import-columns.tsx'
import styles from './import.module.css'
import { ImportOutcome } from './import-outcome.tsx'

export function ImportPage({ importId }: { readonly importId?: string }): ReactElement {
  const { t } = useTranslation('imports')
  const here = useHere()
  return (
    <Page title={t('title')} back={<Link to="/influencers">{t('back')}</Link>}>
      {here.may.act ? (
        importId === undefined ? (
          <ChooseFile />
        ) : (
          <OpenedImport importId={importId} />
        )
      ) : (
        <EmptyState sentence={t('viewer')} />
      )}
    </Page>
  )
}

function ChooseFile(): ReactElement {
  const { t } = useTranslation('imports')
  const sentence = useProblemSentence()
  const navigate = useNavigate()
  const [share, setShare] = useState(0)
  const [over, setOver] = useState(false)
  const [tooLarge, setTooLarge] = useState(false)
  const send = useSendFile(setShare)

  function take(file: File | undefined): void {
    if (!file) return
    setTooLarge(file.size > mostBytes)
    if (file.size > mostBytes) return
    setShare(0)
    send.mutate(file, {
      onSuccess: (read) =>
        void navigate({ to: '/influencers/import/$importId', params: { importId: read.id } }),
    })
  }
  function drop(event: DragEvent): void {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files[0])
  }
  return (
    <div className={styles['choose']}>
      {send.error ? <ProblemBanner sentence={t('failed', { why: sentence(send.error) })} /> : null}
      {tooLarge ? <ProblemBanner sentence={t('tooLarge')} /> : null}
      <label
        className={styles['drop']}
        data-over={over ? 'true' : undefined}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <input
          type="file"
          className="unseen"
          accept=".csv,.tsv,.txt,text/csv,text/plain"
          disabled={send.isPending}
          onChange={(event) => take(event.currentTarget.files?.[0])}
        />
        <span className={styles['dropAct']}>{t('choose')}</span>
        <span className={styles['quiet']}>{t('chooseHint')}</span>
      </label>
      {send.isPending ? <Progress max={1} value={share} label={t('sending')} /> : null}
      <p className={styles['quiet']}>{t('kinds')}</p>
    </div>
  )
}

function OpenedImport({ importId }: { readonly importId: string }): ReactElement {
  const { t } = useTranslation('imports')
  const sentence = useProblemSentence()
  const found = useImport(importId)
  if (found.isPending) return <Loading />
  if (!found.data) {
    const gone = found.error instanceof ProblemError && found.error.status === 404
    return gone ? (
      <EmptyState sentence={t('gone')} act={<Link to="/influencers/import">{t('again')}</Link>} />
    ) : (
      <ProblemBanner sentence={sentence(found.error)} retry={() => void found.refetch()} />
    )
  }
  return found.data.state === 'read' ? (
    <ImportColumns file={found.data} />
  ) : (
    <ImportOutcome file={found.data} />
  )
}
