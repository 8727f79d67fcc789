import { expect, test } from 'vitest'
import { readConfig } from './config.ts'

test('an empty environment is a working configuration', () => {
  expect(readConfig({}, [])).toEqual({
    role: 'all',
    port: { number: 3210, chosen: false },
    dataFolder: expect.stringMatching(/data$/) as string,
    databaseUrl: undefined,
    databaseUrlDirect: undefined,
    publicUrl: undefined,
    secretKeys: [],
    steppableClock: false,
    practice: { on: true, url: undefined, push: undefined, pushesHere: false },
    googlePush: undefined,
    pollSeconds: undefined,
    imapConnections: 200,
    privateMailServers: false,
    mailSignIn: undefined,
    log: 'info',
    production: false,
  })
})

test('every setting is read', () => {
  const key = Buffer.alloc(32, 7)
  const env = {
    NODE_ENV: 'production',
    PORT: '8080',
    KONTOR_DATA: '/srv/kontor',
    DATABASE_URL: 'postgres://kontor_app:x@db/kontor',
    DATABASE_URL_DIRECT: 'postgresql://kontor_app:x@db-direct/kontor',
    PUBLIC_URL: 'https://kontor.example/',
    PRACTICE_URL: 'http://127.0.0.1:4000',
    KONTOR_SECRET_KEY: key.toString('base64'),
    KONTOR_STEPPABLE_CLOCK: '1',
    KONTOR_LOG: 'debug',
    GOOGLE_CLIENT_ID: 'google-app',
    GOOGLE_CLIENT_SECRET: 'google-secret',
    MICROSOFT_CLIENT_ID: 'microsoft-app',
    MICROSOFT_CLIENT_SECRET: 'microsoft-secret',
    MICROSOFT_TENANT: 'brand.example',
    KONTOR_IMAP_CONNECTIONS: '0',
    KONTOR_PRIVATE_MAIL_SERVERS: 'on',
  }
  expect(readConfig(env, ['--role=worker'])).toEqual({
    role: 'worker',
    port: { number: 8080, chosen: true },
    dataFolder: '/srv/kontor',
    databaseUrl: env.DATABASE_URL,
    databaseUrlDirect: env.DATABASE_URL_DIRECT,
    publicUrl: 'https://kontor.example',
    secretKeys: [key],
    steppableClock: true,
    practice: { on: false, url: 'http://127.0.0.1:4000', push: undefined, pushesHere: false },
    googlePush: undefined,
    pollSeconds: undefined,
    imapConnections: 0,
    privateMailServers: true,
    mailSignIn: undefined,
    google: { id: 'google-app', secret: 'google-secret' },
    microsoft: { id: 'microsoft-app', secret: 'microsoft-secret', tenant: 'brand.example', cloud: 'global' },
    log: 'debug',
    production: true,
  })
})

test('an app registration at Microsoft is for everybody unless told', () => {
  const config = readConfig({ MICROSOFT_CLIENT_ID: 'app', MICROSOFT_CLIENT_SECRET: 'secret' }, [])
  expect('role' in config && config.microsoft).toEqual({
    id: 'app',
    secret: 'secret',
    tenant: 'common',
    cloud: 'global',
  })
})

test('a provider that takes tokens for mail is named as a whole, or every hole in it is told', () => {
  const env = {
    IMAP_OAUTH_CLIENT_ID: 'app',
    IMAP_OAUTH_DOMAINS: 'Post.example, mail.post.example',
    IMAP_OAUTH_ISSUER: 'https://id.post.example',
    IMAP_OAUTH_AUTHORIZE_URL: 'https://id.post.example/authorize?access_type=offline',
    IMAP_OAUTH_TOKEN_URL: 'https://id.post.example/token',
    IMAP_OAUTH_SCOPES: 'openid email smtp imap',
    IMAP_OAUTH_SEND_SCOPES: 'openid email smtp',
    IMAP_OAUTH_IMAP: 'imaps://imap.post.example',
    IMAP_OAUTH_SMTP: 'smtp://smtp.post.example:587',
  }
  const config = readConfig(env, [])
  expect('role' in config && config.mailSignIn).toEqual({
    label: 'imap.post.example',
    domains: ['post.example', 'mail.post.example'],
    issuer: 'https://id.post.example',
    authorizeUrl: 'https://id.post.example/authorize?access_type=offline',
    tokenUrl: 'https://id.post.example/token',
    client: { id: 'app' },
    scopes: { full: ['openid', 'email', 'smtp', 'imap'], send_only: ['openid', 'email', 'smtp'] },
    imap: { host: 'imap.post.example', port: 993, security: 'tls' },
    smtp: { host: 'smtp.post.example', port: 587, security: 'starttls' },
  })
  const holes = readConfig(
    {
      ...env,
      IMAP_OAUTH_TOKEN_URL: 'http://id.post.example',
      IMAP_OAUTH_SEND_SCOPES: '',
      IMAP_OAUTH_SMTP: 'smtp.post.example',
    },
    [],
  )
  expect('role' in holes ? [] : holes.map((one) => one.variable)).toEqual([
    'IMAP_OAUTH_TOKEN_URL',
    'IMAP_OAUTH_SEND_SCOPES',
    'IMAP_OAUTH_SMTP',
  ])
})

test('every problem is told at once', () => {
  const env = {
    PORT: '99999',
    DATABASE_URL: 'mysql://x',
    PUBLIC_URL: 'https://kontor.example/path',
    KONTOR_SECRET_KEY: 'short',
    KONTOR_PRACTICE: 'maybe',
    GOOGLE_CLIENT_ID: 'app',
    MICROSOFT_CLIENT_SECRET: 'secret',
    MICROSOFT_TENANT: 'https://brand.example',
    KONTOR_IMAP_CONNECTIONS: 'many',
  }
  const problems = readConfig(env, ['--role=everything'])
  expect('role' in problems ? [] : problems.map((problem) => problem.variable)).toEqual([
    '--role',
    'PORT',
    'DATABASE_URL',
    'PUBLIC_URL',
    'KONTOR_SECRET_KEY',
    'KONTOR_PRACTICE',
    'GOOGLE_CLIENT_SECRET',
    'KONTOR_IMAP_CONNECTIONS',
    'MICROSOFT_CLIENT_ID',
    'MICROSOFT_TENANT',
  ])
})
