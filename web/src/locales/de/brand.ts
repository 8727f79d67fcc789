/** German words of the workspace's brand. */
import type { SameWords } from '../../client/same-words.ts'
import type { words as english } from '../en/brand.ts'

export const words = {
  title: 'Marke',
  hint: 'Neue Kampagnen beginnen damit und können es für sich ändern. Bestehende Kampagnen behalten, was sie haben.',
  onlyAdmins: 'Inhaber und Admins legen fest, wie der Arbeitsbereich auftritt.',
  name: 'Name der Marke',
  nameHint:
    'Influencer sehen ihn über dem Briefing und in E-Mails. Bleibt das Feld leer, steht dort der Name des Arbeitsbereichs.',
  colour: 'Farbe der Marke',
  formality: 'Anrede deutschsprachiger Influencer',
  du: 'Du',
  sie: 'Sie',
  logo: 'Logo',
  noLogo: 'Es gibt noch kein Logo. Briefings zeigen nur den Namen der Marke.',
  remove: {
    act: 'Logo entfernen',
    title: 'Das Logo des Arbeitsbereichs entfernen?',
    body: 'Neue Kampagnen beginnen ohne Logo. Kampagnen, die es zeigen, behalten es; dort lässt es sich in den Einstellungen entfernen.',
  },
  preview: 'Der Kopf eines Briefings',
  exampleCampaign: 'Frühlingskampagne',
  exampleHeadline: 'Hier steht die Überschrift Ihres Briefings',
} as const satisfies SameWords<typeof english>
