/**
 * The clouds in which Microsoft runs its service, each with its own sign-in, its own Graph and its own accounts. An app
 * is registered in one of them and knows mailboxes of that one alone.
 *
 * Source of sign-in and Graph: Microsoft Graph, "National cloud deployments", and Microsoft Entra, "National clouds" (read
 * 2026-11-27). The two pages for people were looked up nowhere for the national ones, and no account there was tried.
 */
interface CloudPlaces {
  readonly login: string
  readonly graph: string
  /** Where a person reads their mail. */
  readonly webUrl: string
  /** Where a person with a work account takes a permission back. */
  readonly consentPage: string
}

export const placesOf = {
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
} as const satisfies Readonly<Record<string, CloudPlaces>>

export type MicrosoftCloud = keyof typeof placesOf
