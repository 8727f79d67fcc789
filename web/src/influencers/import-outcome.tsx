/** An import on its way and what became of it. What failed can be taken home, mended and imported again. */
import type { ContactImportFile } from '@kontor/api/contacts'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useProblemSentence } from '../client/problem.ts'
import { useHere } from '../client/session.ts'
import { ButtonLink, buttonClass } from '../ui/button.tsx'
import { Progress, ProgressAct, ProgressNews, ProgressPlace } from '../ui/progress.tsx'
import { ProblemBanner } from '../ui/states.tsx'
import { useFailed, useStopImport } from './import-asks.ts'
import styles from './import.module.css'
import { ImportProblems } from './import-problems.tsx'

export function ImportOutcome({ file }: { readonly file: ContactImportFile }): ReactElement {
  const { t } = useTranslation('imports')
  const here = useHere()
  const sentence = useProblemSentence()
  const stop = useStopImport(file.id)
  const failed = useFailed(file.id, file.failed > 0)
  const seen = file.added + file.filled + file.known + file.failed
  const running = file.state === 'running'
  const said = running
    ? t('running', { count: seen, total: file.lines })
    : file.state === 'stopped'
      ? t('stopped', { count: seen, total: file.lines })
      : t('done', { count: file.added })
  return (
    <ProgressPlace className={styles['outcome']}>
      <ProgressNews phase={file.state} max={file.lines} value={seen} sentence={said} />
      <p className={styles['lead']}>{said}</p>
      {running ? (
        <>
          <Progress max={file.lines} value={seen} label={t('title')} />
          {stop.error ? <ProblemBanner sentence={sentence(stop.error)} /> : null}
          <ProgressAct busy={stop.isPending} act={() => stop.mutate()}>
            {t('stop')}
          </ProgressAct>
        </>
      ) : null}
      <table className={styles['figures']}>
        <tbody>
          {(['added', 'filled', 'known', 'failed'] as const).map((figure) => (
            <tr key={figure} data-zero={file[figure] === 0 ? 'true' : undefined}>
              <td>{t('number', { count: file[figure] })}</td>
              <th scope="row">{t(`figure.${figure}`)}</th>
            </tr>
          ))}
        </tbody>
      </table>
      {failed.data && file.failed > 0 ? (
        <>
          <ImportProblems problems={failed.data.rows} total={file.failed} />
          <p className={styles['quiet']}>{t('mend')}</p>
        </>
      ) : null}
      <div className={styles['acts']}>
        <ButtonLink to="/influencers" look="primary">
          {t('show')}
        </ButtonLink>
        {file.failed > 0 ? (
          <a
            className={buttonClass('plain')}
            href={`/api/v1${here.path(`/contacts/imports/${file.id}/failed.csv`)}`}
            download
          >
            {t('download', { count: file.failed })}
          </a>
        ) : null}
        <ButtonLink to="/influencers/import">{t('again')}</ButtonLink>
      </div>
    </ProgressPlace>
  )
}
