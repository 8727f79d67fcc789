/** English words of the settings of the whole server: apps at the providers, public address, system mail, support. */
export const words = {
  tab: 'Server',
  intro:
    'These settings hold for every workspace of this Kontor. A change holds at once; nothing has to be restarted.',
  forOwners: 'The server is set up by the owners of its first workspace. Ask one of them.',
  environment: 'Set by the environment of the server ({{variables}}). It wins over what stands here.',
  clear: 'Remove',
  clearTitle: 'Remove this setting?',
  clearApp:
    'Nobody can connect a mailbox at {{provider}} any more, and the ones that are connected stop when their permission has to be renewed, within the hour.',
  clearAddress:
    'Links lead to this machine only from then on, and campaign emails from real mailboxes are refused.',
  clearPush:
    'Gmail tells no longer of new mail. Kontor goes on looking by itself, every few seconds to two minutes.',
  clearMail:
    'Links to set a new password are no longer sent. What the system has to say stays in the product.',
  app: {
    google: 'Google',
    microsoft: 'Microsoft',
    googleIntro:
      'Lets people connect Gmail and Google Workspace. It needs an OAuth app of your own at Google.',
    microsoftIntro:
      'Lets people connect Outlook and Microsoft 365. It needs an app registration of your own at Microsoft.',
    redirect: 'Redirect address',
    redirectHint: 'Register exactly this address at the provider, to the last character.',
    clientId: 'Client ID',
    clientSecret: 'Client secret',
    secretKept: 'Stored, and shown to nobody. Leave it empty to keep it.',
    secretNew: 'Stored encrypted, and shown to nobody afterwards.',
    tenant: 'For whom',
    tenantHint:
      '“common” for everybody, “organizations” for work accounts, or the ID or domain of your organisation if the app is for that one alone.',
    cloud: 'Cloud of Microsoft',
    cloudHint:
      'Where your organisation has its accounts. Government and China have portals of their own to register the app: portal.azure.us and portal.azure.cn.',
    clouds: {
      global: 'Worldwide, also GCC',
      'gcc-high': 'US Government, GCC High',
      dod: 'US Government, DoD',
      china: 'China, run by 21Vianet',
    },
    save: 'Save and check',
    check: 'Check again',
    checking: 'Asking {{provider}} …',
    guide: 'Step by step',
    none: 'Not set up yet. The tile says so to whoever wants to connect.',
    verdict: {
      works: '{{provider}} knows this app and takes its secret.',
      known:
        '{{provider}} knows this app. Whether the secret is right shows at the first sign-in; note until when it is valid.',
      app_unknown:
        '{{provider}} does not know this client ID. Copy it again; it must belong to an app that still exists.',
      secret_wrong:
        '{{provider}} knows the app but refuses the secret. Copy the value of the secret, not its ID, or make a new one.',
      secret_expired: 'The secret has expired. Make a new one at {{provider}} and put it in here.',
      app_is_public:
        'This app is registered for devices, which have no secret. Register it as a web application.',
      tenant_unknown: 'Microsoft does not know this organisation. Check the ID or domain under “For whom”.',
      tenant_only_own:
        'This app is for one organisation only. Put in the ID of that organisation under “For whom”, or open the app to others.',
      redirect_unknown:
        '{{provider}} takes app and secret, but does not know the redirect address. Register the one above, to the last character.',
      too_slow: '{{provider}} does not answer at the moment. Check again in a minute.',
      unreachable:
        'This server cannot reach {{provider}}. Allow outgoing connections to it, or look at the proxy.',
      unclear: '{{provider}} answered something unexpected. Check ID and secret; its own words stand below.',
    },
  },
  guideGoogle: [
    'Open console.cloud.google.com with an account of your organisation and make a project, for instance “Kontor”.',
    'APIs & Services, Library: enable the Gmail API.',
    'APIs & Services, OAuth consent screen: choose “Internal”. An internal app of a Google Workspace needs no review by Google and has no limit of users. Without a Workspace choose “External” and add the people as test users; Google then ends their permission after seven days, until the app is published and reviewed.',
    'Data access: add the scopes openid, email, profile, gmail.send, and for Full Access gmail.readonly.',
    'Credentials, Create credentials, OAuth client ID, type “Web application”. Under “Authorised redirect URIs” put in the redirect address above.',
    'If your organisation lets in trusted apps only, or if only some may connect: admin.google.com, Security, Access and data control, API controls, “Manage third-party app access”. Add the app by its client ID as “Trusted”, for everybody or for the organisational units whose mailboxes may be connected.',
    'Copy client ID and client secret into the fields here and press “Save and check”.',
  ],
  guidePush: [
    'Open console.cloud.google.com and choose the same project that the OAuth app above is in. Another project will not do.',
    'APIs & Services, Library: enable the “Cloud Pub/Sub API”.',
    'Pub/Sub, Topics, “Create topic”: an ID such as “kontor”, and without “Add a default subscription”. Copy the topic name (projects/…/topics/kontor) into the field here.',
    'Open the topic, “Permissions”, “Add principal”: the address under “Who publishes for Gmail” below, with the role “Pub/Sub Publisher”. If your organisation forbids it, an administrator allows the domain system.gserviceaccount.com under “Domain restricted sharing”.',
    'Pub/Sub, Subscriptions, “Create subscription”: choose the topic, delivery type “Push”, and the endpoint URL below. Turn on “Enable authentication”, choose or make a service account such as “kontor-push” (it needs no role), and leave “Audience” empty. If Google asks for the role “Service Account Token Creator”, press “Grant”. Expiration: “Never expire”.',
    'Copy the address of that service account into the field here and press “Save and check”.',
  ],
  guideMicrosoft: [
    'Open entra.microsoft.com, App registrations, New registration, with a name such as “Kontor”.',
    'Supported account types: your organisation only, or any organisation and personal accounts if people outside it connect too. The choice decides what goes into “For whom”.',
    'Redirect URI: platform “Web”, and the redirect address above.',
    'API permissions, Microsoft Graph, Delegated: User.Read, Mail.Send, offline_access, openid, profile, email, and for Full Access Mail.Read. For shared mailboxes also Mail.Send.Shared and Mail.Read.Shared.',
    'Mail.Read and Mail.Read.Shared usually need an admin: press “Grant admin consent” now, and nobody has to wait later. Send Only Access works without.',
    'Only where people of other organisations connect as well: Branding & properties, “Publisher verification”. Without a verified publisher they usually cannot consent by themselves. In your own organisation it is not needed.',
    'Where only named people may connect: Enterprise applications, this app, Properties, “Assignment required?”: Yes, and then add them under “Users and groups”. An admin has to grant consent then (step 5). Microsoft refuses everybody else.',
    'Leave it at “Delegated”. With that Kontor reaches the mailboxes of those who connect theirs and what is shared with them, and no other. Permissions of the type “Application” would reach every mailbox; remove them if there are any. Exchange’s limits to named mailboxes (RBAC for Applications, application access policies) are about that type alone and not needed here.',
    'Certificates & secrets, New client secret: copy its value, not its ID, and note until when it is valid.',
    'Copy “Application (client) ID” and the secret into the fields here and press “Save and check”.',
  ],
  push: {
    title: 'Gmail: be told at once',
    intro:
      'Optional. Without it Kontor looks into Gmail by itself, up to every two minutes. With it Google says at once that something came, and answers are here within seconds.',
    none: 'Not set up. Kontor looks by itself, and no answer is missed.',
    topic: 'Topic',
    topicHint: 'Its full name: projects/your-project/topics/kontor',
    account: 'Service account that delivers',
    accountHint:
      'The address that you chose in step 5, for instance kontor-push@your-project.iam.gserviceaccount.com',
    audience: 'Audience',
    audienceHint: 'Leave it empty, unless you put in something of your own at Google in step 5.',
    publisher: 'Who publishes for Gmail',
    publisherHint: 'Google’s own; it gets the role “Pub/Sub Publisher” in step 4.',
    url: 'Endpoint URL',
    urlHint: 'For step 5, to the last character.',
    save: 'Save and check',
    check: 'Check',
    checking: 'Asking Gmail …',
    unreached:
      'From this server itself the public address was not reached: {{sentence}} Others may reach it all the same.',
    verdict: {
      asked: 'Gmail publishes to the topic. Waiting for its first notice …',
      works: 'It works: a notice from Gmail came and is genuine.',
      no_notice:
        'Gmail publishes to the topic, but no notice came here within 20 seconds. Check in step 5 that the subscription belongs to this topic, that its type is “Push”, and that its endpoint URL is exactly the one above. Then check again; the first one may take a minute.',
      no_app: 'Google’s sign-in is not set up yet. Fill in the section above first.',
      not_set_up: 'Topic and service account are missing.',
      no_public_address:
        'Google can only deliver to an address that is reachable from outside and begins with https. Set it above under “Public address”.',
      no_mailbox:
        'No Gmail mailbox with Full Access is connected yet, so Gmail cannot be asked. Connect one and check again.',
      topic_missing: 'Google does not know this topic. Copy its full name again (step 3).',
      publisher_missing:
        'Gmail may not publish to this topic. Give the address from step 4 the role “Pub/Sub Publisher” on it, and check the name of the topic. A new role may take a minute or two.',
      topic_elsewhere:
        'The topic is in another project than the OAuth app. Gmail publishes only inside the same project: make the topic there.',
      provider_refused:
        'Gmail did not answer as expected; its own words stand below. Check again in a minute.',
      unsigned:
        'Something came that Google did not sign. Turn on “Enable authentication” in the push subscription (step 5).',
      audience:
        'A notice came, made out to another audience than “{{audience}}”. Empty “Audience” at Google and here, or put the same text in both. At Google it says:',
      account:
        'A notice came, but not from the service account “{{account}}”. Choose that one at Google (step 5), or put in here the one that it came from:',
      keys_away:
        'A notice came, but this server cannot fetch Google’s keys to prove it. Allow outgoing connections to www.googleapis.com.',
    },
  },
  address: {
    title: 'Public address',
    intro:
      'Links in invitations, briefs and unsubscribe lines begin with it, and providers send people back to it. It should be https and reachable from outside.',
    label: 'Address',
    hint: 'For instance https://kontor.example.com, without a path.',
    otherwise:
      'None yet. Links lead to {{address}}, which only this machine can open, so campaign emails from real mailboxes are refused.',
    save: 'Check and save',
    anyway: 'Save anyway',
    check: 'Check again',
    checking: 'Opening the address …',
    verdict: {
      reached: 'The address leads to this Kontor.',
      reached_plainly:
        'The address leads to this Kontor, but without encryption. Passwords would travel readable; put https in front of it.',
      no_origin:
        'This is not an address of a website. It needs the form https://kontor.example.com, without a path.',
      only_here:
        'Only this machine can open this address. Creators and providers need one that is reachable from outside.',
      nobody_listens:
        'Nobody answers at this address. Check that the reverse proxy runs and that its port is open, also from this server itself.',
      host_unknown: 'This name is not known. Check its spelling and the DNS entry.',
      certificate:
        'The certificate of this address is not valid. Renew it, or use a name that it is made out for.',
      too_slow: 'The address did not answer within 8 seconds. Check the reverse proxy and the firewall.',
      leads_elsewhere: 'The address sends visitors on to another one. Put in the one where they end up.',
      not_kontor: 'Something else answers at this address. Point the reverse proxy to this Kontor.',
      other_kontor: 'Another Kontor answers at this address. Point it to this one, or use another name.',
    },
  },
  mail: {
    title: 'Email of the system',
    intro:
      'For links to set a new password and for digests. These emails never go through a connected mailbox. Without a server they stay in the product, and npm run reset-password sets a password at the terminal.',
    host: 'SMTP server',
    port: 'Port',
    security: 'Encryption',
    tls: 'TLS from the start (port 465)',
    starttls: 'STARTTLS (port 587)',
    none: 'None, for a relay on this machine (port 25)',
    user: 'User',
    userHint: 'Empty if the server asks for no login.',
    password: 'Password',
    from: 'Sender address',
    fromHint: 'For instance kontor@example.com. The server must allow it.',
    save: 'Save and send a test',
    test: 'Send a test again',
    testing: 'Talking to the server …',
    own: 'Its own words: {{detail}}',
    verdict: {
      sent: 'The server took a test email to {{to}}. See whether it arrives, and look into spam as well.',
      host_unknown: 'This server name is not known. Check its spelling.',
      nobody_listens: 'Nobody answers at this port. Check port and firewall; usual are 587, 465 and 25.',
      too_slow: 'The server did not answer in time. Check name, port and firewall.',
      speaks_plainly: 'This port does not begin with TLS. Choose STARTTLS, or port 465.',
      speaks_tls: 'This port waits for TLS, or says nothing at all. Choose TLS from the start, or port 587.',
      no_starttls:
        'The server does not offer STARTTLS at this port. Choose TLS from the start with port 465.',
      certificate:
        'The certificate of the server is not valid for this name. Use the name that it is made out for; for an authority of your own set NODE_EXTRA_CA_CERTS.',
      login_needed: 'The server asks for a login. Put in user and password.',
      login_refused:
        'The server does not accept user and password. Some providers want an app password instead of the usual one.',
      sender_refused: 'The server does not let this sender address pass. Use one that belongs to the login.',
      recipient_refused:
        'The server refuses your own address as recipient. Check whether it may send outside.',
      mail_refused: 'The server refused the email. Its own words stand below.',
      broke_off: 'The server broke the connection off. Check encryption and port.',
    },
  },
  support: {
    title: 'Whom to ask',
    intro: 'Shown at the end of the help. What is empty is not shown.',
    chatUrl: 'Live chat',
    communityUrl: 'Community',
    urlHint: 'An address that begins with https://',
    adminAddress: 'Email address of the admin',
    check: 'Check contacts',
    checking: 'Looking …',
    verdict: {
      answers: 'the page answers.',
      page_missing: 'the server answers, but there is no such page. Look at the path.',
      page_broken: 'the page is broken at the moment. Open it yourself, or check again later.',
      nobody_listens: 'nobody answers at this address.',
      host_unknown: 'this name is not known. Check its spelling.',
      certificate: 'the certificate of this page is not valid, so browsers will warn of it.',
      too_slow: 'the page did not answer within 8 seconds.',
      takes_mail: 'its domain takes mail.',
      takes_no_mail: 'its domain takes no mail. Check the spelling behind the @.',
      not_known_now: 'the name servers do not answer at the moment. Check again in a minute.',
    },
  },
} as const
