/** German words of the workspace's team. */
import type { SameWords } from '../../client/same-words.ts'
import type { words as english } from '../en/team.ts'

export const words = {
  title: 'Arbeitsbereich',
  tab: 'Team',
  members: 'Mitglieder',
  role: 'Rolle',
  roleOf: 'Rolle von {{name}}',
  you: 'Sie',
  roles: { owner: 'Inhaber', admin: 'Admin', member: 'Mitglied', viewer: 'Lesezugriff' },
  roleSentence: {
    owner: 'Alles, auch Inhaber ernennen.',
    admin: 'Steuert den Arbeitsbereich und lädt ein.',
    member: 'Schreibt, sendet und entscheidet.',
    viewer: 'Sieht alles, ändert nichts.',
  },
  remove: 'Entfernen',
  removeTitle: '{{name}} aus dem Arbeitsbereich entfernen?',
  removeSentence:
    'Die Person wird hier sofort abgemeldet. Was sie schrieb, bleibt beim Team. Ihre Postfächer bleiben, bis jemand sie trennt.',
  removeAct: '{{name}} entfernen',
  invite: 'Per Link einladen',
  inviteSentence: 'Erzeugen Sie einen Link und schicken Sie ihn selbst. Er gilt einmal, bis er abläuft.',
  inviteRole: 'Rolle der neuen Person',
  make: 'Link erzeugen',
  link: 'Einladungslink',
  copy: 'Link kopieren',
  copied: 'Kopiert',
  once: 'Dieser Link ist nur jetzt zu sehen. {{role}}, gültig bis {{until}}.',
  open: 'Offene Einladungen',
  openLine: '{{role}}, eingeladen von {{by}}, gültig bis {{until}}',
  revoke: 'Zurückziehen',
  onlyAdmins: 'Inhaber und Admins laden ein und ändern Rollen.',
} as const satisfies SameWords<typeof english>
