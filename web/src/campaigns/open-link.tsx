/** The open link of a campaign: on or off, the link to pass on, how many came through it, and a new one in its place. */
import { OpenLink } from '@kontor/api/campaigns'
import type { Campaign } from '@kontor/api/campaigns'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { now } from '../client/clock.ts'
import { api } from '../client/http.ts'
import { useTimes } from '../client/language.ts'
import { useProblemSentence } from '../client/problem.ts'
import { useHere } from '../client/session.ts'
import { CopyField } from '../parts/copy-field.tsx'
import { Button } from '../ui/button.tsx'
import { Note } from '../ui/form.tsx'
import { Dialog } from '../ui/overlay.tsx'
import { Section } from '../ui/page.tsx'
import { Loading, ProblemBanner } from '../ui/states.tsx'
import styles from './open-link.module.css'
import { openState } from './open-state.ts'

function useOpenLink(id: string) {
  const here = useHere()
  const client = useQueryClient()
  const key = here.key('campaigns', 'open-link', id)
  const path = here.path(`/campaigns/${id}/open-link`)
  const found = useQuery({ queryKey: key, queryFn: ({ signal }) => api.get(path, OpenLink, signal) })
  const settle = async (link: OpenLink): Promise<void> => {
    await client.cancelQueries({ queryKey: key })
    client.setQueryData(key, link)
  }
  const set = useMutation({
    mutationFn: (open: boolean) => api.put(path, OpenLink, { open }),
    onSuccess: settle,
  })
  const renew = useMutation({
    mutationFn: () => api.post(`${path}/renew`, OpenLink),
    onSuccess: settle,
  })
  return { found, set, renew }
}

export function OpenLinkSection({ campaign }: { readonly campaign: Campaign }): ReactElement {
  const { t } = useTranslation('campaigns')
  const here = useHere()
  const sentence = useProblemSentence()
  const times = useTimes()
  const today = times.dayKey(new Date(now()).toISOString())
  const { found, set, renew } = useOpenLink(campaign.id)
  const link = found.data
  const problem = set.error ?? renew.error ?? found.error
  const mayOpen = here.may.act && campaign.status !== 'closed'
  return (
    <Section title={t('open.title')} meta={link ? t(link.open ? 'open.on' : 'open.off') : null}>
      <div className={styles['open']}>
        <Note>{t('open.hint')}</Note>
        {found.isPending ? <Loading /> : null}
        {problem ? <ProblemBanner sentence={sentence(problem)} /> : null}
        {link?.open && link.link ? (
          <>
            <CopyField
              label={t('open.link')}
              hint={t(`open.state.${openState(campaign, today)}`)}
              value={link.link}
            />
            <Came campaign={campaign} people={link.people} />
          </>
        ) : null}
        {link && !link.open && link.people > 0 ? <Came campaign={campaign} people={link.people} /> : null}
        {link && here.may.act ? (
          <div className={styles['acts']}>
            {link.open ? (
              <Button busy={set.isPending} onClick={() => set.mutate(false)}>
                {t('open.switchOff')}
              </Button>
            ) : mayOpen ? (
              <Button busy={set.isPending} onClick={() => set.mutate(true)}>
                {t('open.switchOn')}
              </Button>
            ) : null}
            {link.open ? <Renew busy={renew.isPending} renew={renew.mutate} /> : null}
          </div>
        ) : null}
      </div>
    </Section>
  )
}

function Came({ campaign, people }: { readonly campaign: Campaign; readonly people: number }): ReactElement {
  const { t } = useTranslation('campaigns')
  return (
    <p className={styles['came']}>
      {t('open.came', { count: people })}{' '}
      {people > 0 ? (
        <Link to="/campaigns/$campaignId/applications" params={{ campaignId: campaign.id }}>
          {t('open.see')}
        </Link>
      ) : null}
    </p>
  )
}

function Renew({ busy, renew }: { readonly busy: boolean; readonly renew: () => void }): ReactElement {
  const { t } = useTranslation('campaigns')
  const { t: shell } = useTranslation('shell')
  const [asking, ask] = useState(false)
  return (
    <>
      <Button look="quiet" busy={busy} onClick={() => ask(true)}>
        {t('open.renew')}
      </Button>
      <Dialog
        title={t('open.renewTitle')}
        opened={asking}
        close={() => ask(false)}
        acts={
          <>
            <Button
              look="problem"
              onClick={() => {
                renew()
                ask(false)
              }}
            >
              {t('open.renew')}
            </Button>
            <Button onClick={() => ask(false)}>{shell('act.cancel')}</Button>
          </>
        }
      >
        <p>{t('open.renewBody')}</p>
      </Dialog>
    </>
  )
}
