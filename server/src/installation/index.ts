/** The public face of the installation: the settings of the whole server as they hold now, and its own mails. */
export { healthProof } from './check-address.ts'
export type { SettingsBook } from './current.ts'
export { openSettings } from './current.ts'
export type { Given, MicrosoftApp, PushTopic, Settings } from './settings.ts'
export type { SystemPost } from './post.ts'
export { openSystemPost } from './post.ts'
export { settingChannel } from './store.ts'
