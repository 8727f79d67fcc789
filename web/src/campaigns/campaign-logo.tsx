/** The logo of one campaign: the workspace's, one of its own, or none. */
import type { Campaign } from '@kontor/api/campaigns'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useHere } from '../client/session.ts'
import { useBrand } from '../parts/brand-asks.ts'
import { Logo } from '../parts/logo.tsx'
import { Removal } from '../parts/removal.tsx'
import { Button } from '../ui/button.tsx'
import { Section } from '../ui/page.tsx'
import { useChooseLogo, useSetLogo } from './asks.ts'

export function CampaignLogo({ campaign }: { readonly campaign: Campaign }): ReactElement {
  const { t } = useTranslation('campaigns')
  const { t: shell } = useTranslation('shell')
  const here = useHere()
  const brand = useBrand().data
  const set = useSetLogo(campaign.id)
  const choose = useChooseLogo(campaign.id)
  const { error, isPending } = choose
  const other = brand?.logo !== undefined && brand.logo.id !== campaign.logo?.id
  return (
    <Section title={t('logo.title')}>
      <Logo
        logo={campaign.logo}
        brandName={campaign.brandName || here.name}
        none={t('logo.none')}
        mayChange={here.may.act}
        set={set}
      >
        {other ? (
          <Button busy={isPending} onClick={() => choose.mutate('brand')}>
            {t('logo.takeBrand')}
          </Button>
        ) : null}
      </Logo>
      {campaign.logo && here.may.act ? (
        <Removal
          words={{
            act: t('logo.remove'),
            title: t('logo.removeTitle'),
            body: t('logo.removeBody'),
            keep: shell('act.cancel'),
          }}
          remove={{ error, isPending, mutate: (_, then) => choose.mutate('none', then) }}
          removed={() => set.reset()}
        />
      ) : null}
    </Section>
  )
}
