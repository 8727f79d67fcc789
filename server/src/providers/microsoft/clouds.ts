/**
 * The clouds in which Microsoft runs its service, each with its own sign-in, its own Graph and its own accounts. An app
 * is registered in one of them and knows mailboxes of that one alone.
 *
 * Source: Microsoft Graph, "National cloud deployments", and Microsoft Entra, "National clouds" (read 2026-11-27).
 */
export const microsoftClouds = ['global', 'gcc-high', 'dod', 'china'] as const
export type MicrosoftCloud = (typeof microsoftClouds)[number]

export interface CloudPlaces {
  readonly login: string
  readonly graph: string
  /** Where a person reads their mail. */
  readonly webUrl: string
  /** Where a person with a work account takes a permission back. */
  readonly consentPage: string
}

export const placesOf: Readonly<Record<MicrosoftCloud, CloudPlaces>> = {
  global: {
    login: 'https://login.microsoftonline.com',
    graph: 'https://graph.microsoft.com',
    webUrl: 'https://outlook.office.com/mail/',
    consentPage: 'https://myapplications.microsoft.com',
  },
  'gcc-high': {
    login: 'https://login.microsoftonline.us',
    graph: 'https://graph.microsoft.us',
    webUrl: 'https://outlook.office365.us/mail/',
    consentPage: 'https://myapps.microsoft.us',
  },
  dod: {
    login: 'https://login.microsoftonline.us',
    graph: 'https://dod-graph.microsoft.us',
    webUrl: 'https://webmail.apps.mil/mail/',
    consentPage: 'https://myapps.microsoft.us',
  },
  china: {
    login: 'https://login.partner.microsoftonline.cn',
    graph: 'https://microsoftgraph.chinacloudapi.cn',
    webUrl: 'https://partner.outlook.cn/mail/',
    consentPage: 'https://myapps.windowsazure.cn',
  },
}
