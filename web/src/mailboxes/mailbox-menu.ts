/** The menu of a connected address, in its fixed groups; entries that this person may not use are left out. */
import type { Mailbox } from '@kontor/api/mailboxes'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { MenuEntry } from '../ui/overlay.tsx'
import type { MailboxAct } from './dialogs.tsx'

interface MenuActs {
  readonly open: (act: MailboxAct) => void
  readonly resume: () => void
  readonly chooseDefault: () => void
}

export function useMailboxMenu(
  mailbox: Mailbox,
  { open, resume, chooseDefault }: MenuActs,
): readonly (readonly MenuEntry[])[] {
  const { t } = useTranslation('settings')
  const navigate = useNavigate()
  const living = mailbox.health !== 'disconnected'
  function goTo(section: string): () => void {
    return () =>
      void navigate({
        to: '/settings/integrations/$mailboxId',
        params: { mailboxId: mailbox.id },
        hash: section,
      })
  }
  const steer = mailbox.maySteer && living
  const isPaused = mailbox.health === 'paused'
  const groups: MenuEntry[][] = [
    [
      ...(mailbox.maySend && living
        ? [{ label: t('menu.default'), act: chooseDefault, disabled: mailbox.isDefault }]
        : []),
      ...(steer ? [{ label: t('menu.signature'), act: goTo('signature') }] : []),
    ],
    steer
      ? [
          { label: t('menu.level'), act: () => open('level') },
          ...(mailbox.mayShare && mailbox.provider === 'gmail' && mailbox.level === 'full'
            ? [{ label: t('menu.address'), act: () => open('address') }]
            : []),
          ...(mailbox.mayShare && mailbox.provider === 'microsoft' && mailbox.place === 'own'
            ? [{ label: t('menu.shared'), act: () => open('shared') }]
            : []),
          { label: t('menu.sharing'), act: goTo('sharing') },
          { label: t('menu.limits'), act: goTo('limits') },
        ]
      : [],
    [
      ...(mailbox.maySend && living ? [{ label: t('menu.test'), act: () => open('test') }] : []),
      ...(steer
        ? [
            isPaused
              ? { label: t('menu.resume'), act: resume }
              : { label: t('menu.pause'), act: () => open('pause') },
            { label: t('menu.reconnect'), act: () => open('reconnect') },
          ]
        : []),
    ],
    steer ? [{ label: t('menu.disconnect'), act: () => open('disconnect'), problem: true }] : [],
  ]
  return groups.filter((group) => group.length > 0)
}
