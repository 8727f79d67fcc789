/** The command palette: screens, campaigns, mailboxes and influencers by name, with the keyboard alone. */
import { Campaign } from '@kontor/api/campaigns'
import { pageOf } from '@kontor/api/common'
import { Contact } from '@kontor/api/contacts'
import { ConversationRow } from '@kontor/api/inbox'
import { Mailbox } from '@kontor/api/mailboxes'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState, type KeyboardEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { api, query } from '../client/http.ts'
import { useHere } from '../client/session.ts'
import { TextField } from '../ui/field.tsx'
import { Dialog } from '../ui/overlay.tsx'
import styles from './keys-dialog.module.css'

interface Place {
  readonly name: string
  readonly sort: string
  readonly href: string
}

export function Palette({ close }: { readonly close: () => void }): ReactElement {
  const { t } = useTranslation('shell')
  const navigate = useNavigate()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const places = usePlaces(text)
  const chosen = places[Math.min(at, places.length - 1)]

  function go(place: Place | undefined): void {
    if (!place) return
    close()
    void navigate({ href: place.href })
  }
  function steer(event: KeyboardEvent): void {
    if (event.key === 'ArrowDown') setAt(Math.min(at + 1, places.length - 1))
    else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0))
    else if (event.key === 'Enter') go(chosen)
    else return
    event.preventDefault()
  }
  return (
    <Dialog title={t('palette.title')} opened close={close} width={560}>
      <TextField
        label={t('palette.placeholder')}
        hideLabel
        placeholder={t('palette.placeholder')}
        value={text}
        data-autofocus
        role="combobox"
        aria-expanded
        aria-controls="palette-places"
        aria-activedescendant={chosen ? `place-${places.indexOf(chosen)}` : undefined}
        onText={(next) => {
          setText(next)
          setAt(0)
        }}
        onKeyDown={steer}
      />
      <ul id="palette-places" role="listbox" aria-label={t('palette.title')} className={styles['results']}>
        {places.map((place, index) => (
          <li
            key={place.href}
            id={`place-${index}`}
            role="option"
            aria-selected={place === chosen}
            onClick={() => go(place)}
            onKeyDown={steer}
            onPointerMove={() => setAt(index)}
          >
            {place.name}
            <small>{place.sort}</small>
          </li>
        ))}
        {places.length === 0 ? <li>{t('palette.none')}</li> : null}
      </ul>
    </Dialog>
  )
}

function usePlaces(text: string): readonly Place[] {
  const { t } = useTranslation('shell')
  const here = useHere()
  const campaigns = useQuery({
    queryKey: here.key('campaigns'),
    queryFn: () => api.get(here.path('/campaigns'), z.object({ rows: z.array(Campaign) })),
  })
  const mailboxes = useQuery({
    queryKey: here.key('mailboxes'),
    queryFn: () => api.get(here.path('/mailboxes'), z.object({ rows: z.array(Mailbox) })),
  })
  const contacts = useQuery({
    queryKey: here.key('contacts', 'palette', text),
    queryFn: () => api.get(here.path(`/contacts${query({ q: text, limit: 8 })}`), pageOf(Contact)),
    enabled: text.trim().length >= 2,
    placeholderData: (before) => before,
  })
  const conversations = useQuery({
    queryKey: here.key('conversations', 'palette', text),
    queryFn: () =>
      api.get(here.path(`/conversations${query({ q: text, limit: 5 })}`), pageOf(ConversationRow)),
    enabled: text.trim().length >= 2,
    placeholderData: (before) => before,
  })
  const screens: readonly Place[] = (
    [
      ['nav.inbox', '/inbox'],
      ['nav.outbox', '/outbox'],
      ['nav.campaigns', '/campaigns'],
      ['nav.influencers', '/influencers'],
      ['nav.account', '/settings/profile'],
      ['nav.team', '/workspace/team'],
      ['nav.brand', '/workspace/brand'],
      ['nav.templates', '/workspace/templates'],
      ['nav.logs', '/workspace/logs'],
      ['nav.help', '/help'],
    ] as const
  ).map(([name, href]) => ({ name: t(name), sort: t('palette.screens'), href }))
  const wanted = text.trim().toLowerCase()
  const known: readonly Place[] = [
    ...screens,
    ...(campaigns.data?.rows ?? []).map((one) => ({
      name: one.name,
      sort: t('nav.campaigns'),
      href: `/campaigns/${one.id}`,
    })),
    ...(mailboxes.data?.rows ?? []).map((one) => ({
      name: one.address,
      sort: t('nav.account'),
      href: `/settings/integrations/${one.id}`,
    })),
  ].filter((place) => place.name.toLowerCase().includes(wanted))
  const people = wanted.length < 2 ? [] : (contacts.data?.rows ?? [])
  const talks = wanted.length < 2 ? [] : (conversations.data?.rows ?? [])
  return [
    ...known,
    ...people.map((one) => ({
      name: one.name,
      sort: t('nav.influencers'),
      href: `/influencers/${one.id}`,
    })),
    ...talks.map((one) => ({
      name: [one.contactName, one.subject].filter(Boolean).join(': '),
      sort: t('nav.inbox'),
      href: `/inbox/${one.id}`,
    })),
  ].slice(0, 12)
}
