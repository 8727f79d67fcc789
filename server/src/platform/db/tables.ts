// Printed by server/src/tools/print-schema.ts from the migrated database. Change a migration, not this file.
import type { ColumnType, GeneratedAlways } from 'kysely'

type Generated<T> =
  T extends ColumnType<infer S, infer I, infer U> ? ColumnType<S, I | undefined, U> : ColumnType<T, T | undefined, T>
type Accepts<T> = ColumnType<T, T | string, T | string>
type Instant = Accepts<Temporal.Instant>
type PlainTime = Accepts<Temporal.PlainTime>
type Duration = Accepts<Temporal.Duration>
type Bytes = ColumnType<Buffer, Uint8Array, Uint8Array>

export interface Tables {
  account: {
    id: string
    account_id: string
    provider_id: string
    person_id: string
    access_token: string | null
    refresh_token: string | null
    id_token: string | null
    access_token_expires_at: Instant | null
    refresh_token_expires_at: Instant | null
    scope: string | null
    password: string | null
    created_at: Generated<Instant>
    updated_at: Generated<Instant>
  }
  address_cap: {
    address_key: string
    zone: string
    owner_limit: number
    day_starts_at: Instant
    day_ends_at: Instant
    used: Generated<number>
    used_direct: Generated<number>
    base_ends_at: Instant
    rolling_limit: number | null
  }
  address_charge: {
    address_key: string
    lease_id: string
    at: Instant
  }
  admin_request: {
    workspace_id: string
    id: string
    person_id: string
    endpoint: string
    sharing: string
    named_members: Generated<string[]>
    mailbox_id: string | null
    state_hash: Bytes
    state: string
    asked_at: Generated<Instant>
    answer: 'agreed' | 'declined' | null
    answered_at: Instant | null
    ended_at: Instant | null
    shared: Generated<boolean>
  }
  answering: {
    workspace_id: string
    conversation_id: string
    person_id: string
    until: Instant
  }
  application: {
    workspace_id: string
    id: string
    member_id: string
    message: string
    applied_at: Generated<Instant>
    decision: 'approved' | 'rejected' | null
    decided_by: string | null
    decided_at: Instant | null
    decision_sent_at: Instant | null
    withdrawn_at: Instant | null
    through_open_link: Generated<boolean>
  }
  attachment: {
    workspace_id: string
    id: string
    message_id: string
    filename: string
    content_type: string
    size: number
    sha256: Bytes | null
    content_id: string | null
    blocked: Generated<boolean>
  }
  attempt: {
    workspace_id: string
    id: string
    submission_id: string
    n: number
    started_at: Instant
    ended_at: Instant | null
    outcome: string | null
    diagnostic: string | null
    charged_from: Instant | null
    message_id: string
  }
  audit_entry: {
    workspace_id: string
    id: string
    at: Generated<Instant>
    actor_id: string | null
    actor_name: string
    action: string
    subject: string | null
    detail: Generated<unknown>
  }
  blob: {
    workspace_id: string
    sha256: Bytes
    size: number
    created_at: Generated<Instant>
  }
  blob_chunk: {
    workspace_id: string
    sha256: Bytes
    n: number
    content: Bytes | null
    file_sha256: Bytes | null
  }
  brand: {
    workspace_id: string
    name: Generated<string>
    colour: Generated<string>
    formality: Generated<'du' | 'sie'>
    logo_id: string | null
  }
  brief_image: {
    workspace_id: string
    campaign_id: string
    picture_id: string
  }
  campaign: {
    workspace_id: string
    id: string
    name: string
    status: Generated<'draft' | 'running' | 'paused' | 'closed'>
    brief: unknown
    mailbox_id: string | null
    brand_name: Generated<string>
    brand_colour: Generated<string>
    formality: Generated<'du' | 'sie'>
    created_by: string
    created_at: Generated<Instant>
    closed_at: Instant | null
    logo_id: string | null
  }
  campaign_file: {
    workspace_id: string
    campaign_id: string
    kind: 'invitation' | 'approval' | 'rejection'
    n: number
    upload_id: string
    filename: string
    content_type: string
    size: number
    sha256: Bytes
  }
  certificate: {
    workspace_id: string
    id: string
    mailbox_id: string
    kind: 'disconnected' | 'narrowed' | 'erased'
    at: Instant
    facts: unknown
    queue: unknown
    permission: unknown
    erasure_id: string | null
    content: unknown
    seal: string | null
    sealed_at: Instant | null
  }
  clock_offset: {
    only_row: Generated<boolean>
    steppable: Generated<boolean>
    stopped_at: Instant | null
    value: Generated<Duration>
  }
  consent_request: {
    workspace_id: string
    id: string
    state_hash: Bytes
    person_id: string
    endpoint: string
    level: 'full' | 'send_only'
    sharing: string
    named_members: Generated<string[]>
    mailbox_id: string | null
    code_verifier: string
    nonce: string
    created_at: Generated<Instant>
    expires_at: Instant
    used_at: Instant | null
    outcome: unknown
    fetch_earlier: Generated<boolean>
    shared_address: string | null
    shared_level: 'full' | 'send_only' | null
    shared_name: string | null
  }
  contact: {
    workspace_id: string
    id: string
    name: string
    handle: Generated<string>
    language: Generated<'en' | 'de'>
    country: Generated<string>
    tags: Generated<string[]>
    notes: Generated<string>
    basis: Generated<'asked_us' | 'agreed' | 'existing_relation' | 'public_business_address' | 'none'>
    basis_source: Generated<string>
    basis_at: Instant | null
    do_not_contact: Generated<boolean>
    created_at: Generated<Instant>
    deleted_at: Instant | null
    zone: Generated<string>
    other_handles: Generated<unknown>
    custom: Generated<unknown>
    agent_name: Generated<string>
    agent_address: Generated<string>
    agent_key: Generated<string>
    agent_cc: Generated<boolean>
    paused_until: Instant | null
    merged_into: string | null
  }
  contact_address: {
    workspace_id: string
    contact_id: string
    address: string
    address_key: string
    preferred: Generated<boolean>
    created_at: Generated<Instant>
  }
  contact_card: {
    workspace_id: string | null
    id: string | null
    name: string | null
    handle: string | null
    language: string | null
    do_not_contact: boolean | null
    deleted: boolean | null
    address: string | null
    address_key: string | null
    suppressed: string | null
    country: string | null
    custom: unknown
    agent_name: string | null
    agent_address: string | null
    agent_key: string | null
    agent_cc: boolean | null
    paused_until: Instant | null
    basis: string | null
    basis_source: string | null
  }
  contact_import: {
    workspace_id: string
    id: string
    file_name: string
    encoding: string | null
    separator: string | null
    wish: unknown
    state: Generated<'sent' | 'read' | 'running' | 'done' | 'stopped'>
    lines: Generated<number>
    added: Generated<number>
    filled: Generated<number>
    known: Generated<number>
    failed: Generated<number>
    created_by: string
    created_at: Generated<Instant>
  }
  contact_import_line: {
    workspace_id: string
    import_id: string
    line: number
    cells: string[]
    outcome: 'added' | 'filled' | 'known' | 'failed' | null
    code: string | null
    detail: string | null
    contact_id: string | null
  }
  contact_import_part: {
    workspace_id: string
    import_id: string
    n: number
    content: Bytes
  }
  conversation: {
    workspace_id: string
    id: string
    contact_id: string
    campaign_id: string | null
    team_state: Generated<'needs_reply' | 'waiting' | 'done'>
    assignee_id: string | null
    subject: Generated<string>
    snippet: Generated<string>
    last_at: Instant
    last_direction: 'in' | 'out'
    version: Generated<number>
    heard_version: Generated<number>
    heard_at: Instant | null
    listed_at: Instant
    kinds: Generated<string[]>
    last_mailbox_id: string | null
    snoozed_until: Instant | null
    snoozed_by: string | null
    woken_at: Instant | null
    withdrawn_by: string | null
  }
  conversation_read: {
    workspace_id: string
    conversation_id: string
    person_id: string
    version: number
    unread: Generated<boolean>
  }
  conversation_turn: {
    workspace_id: string
    id: string
    conversation_id: string
    version: number | null
    kind: 'heard' | 'wrote' | 'sent' | 'assigned' | 'done' | 'reopened' | 'snoozed' | 'woke' | 'withdrawn' | 'returned' | 'asked' | 'taken_back'
    person_id: string | null
    detail: Generated<unknown>
    at: Generated<Instant>
  }
  creator_link: {
    workspace_id: string
    contact_id: string
    token: string
    token_hash: Bytes
    created_at: Generated<Instant>
  }
  default_mailbox: {
    workspace_id: string
    person_id: string
    mailbox_id: string
  }
  draft: {
    workspace_id: string
    id: string
    contact_id: string
    campaign_id: string | null
    author_id: string
    mailbox_id: string | null
    to_address: string | null
    cc: Generated<string[]>
    subject: Generated<string>
    text: Generated<string>
    html: string | null
    seen_version: number | null
    approver_id: string | null
    revision: Generated<number>
    changed_by: string
    changed_at: Generated<Instant>
  }
  draft_file: {
    workspace_id: string
    draft_id: string
    n: number
    upload_id: string
    as_link: boolean
  }
  erasure: {
    workspace_id: string
    id: string
    mailbox_id: string
    reach: 'received' | 'everything'
    step: Generated<'messages' | 'words' | 'rest' | 'done'>
    asked_by: string | null
    asked_at: Generated<Instant>
    total: number
    messages: Generated<number>
    attachments: Generated<number>
    bytes: Generated<number>
    words: Generated<number>
    identifiers: Generated<number>
    suppressions: Generated<number>
    finished_at: Instant | null
  }
  event: {
    workspace_id: string
    id: string
    seq: GeneratedAlways<number>
    xid: Generated<string>
    type: string
    subject: string | null
    payload: Generated<unknown>
    at: Generated<Instant>
  }
  event_delivery: {
    workspace_id: string
    event_id: string
    handler: string
    delivered_at: Generated<Instant>
  }
  file_link: {
    workspace_id: string
    id: string
    token_hash: Bytes
    submission_id: string
    filename: string
    content_type: string
    size: number
    sha256: Bytes
    created_by: string | null
    created_at: Generated<Instant>
    expires_at: Instant | null
    revoked_at: Instant | null
    downloads: Generated<number>
    token: string | null
  }
  follow_up: {
    workspace_id: string
    launch_id: string
    n: number
    after_days: number
    versions: unknown
    changed_by: string
    changed_at: Generated<Instant>
  }
  follow_up_course: {
    workspace_id: string
    submission_id: string
    launch_id: string
    n: Generated<number>
    after_id: string
    due_at: Instant | null
    look_at: Instant | null
    state: Generated<'waiting' | 'reminder' | 'done' | 'stopped'>
    why: string | null
    by: string | null
    settled_at: Instant | null
  }
  follow_up_mail: {
    workspace_id: string
    course_id: string
    n: number
    submission_id: string
    sent_by: string | null
  }
  launch: {
    workspace_id: string
    id: string
    campaign_id: string | null
    key: string
    wish: Bytes
    queued: Generated<number>
    left_out: Generated<number>
    created_by: string
    created_at: Generated<Instant>
    kind: 'invitation' | 'bulk' | null
    state: Generated<'running' | 'done' | 'stopped'>
    why: string | null
    mailbox_id: string | null
    set_id: string | null
    again: Generated<boolean>
    versions: Generated<unknown>
    total: Generated<number>
  }
  launch_person: {
    workspace_id: string
    launch_id: string
    n: number
    contact_id: string
    member_id: string | null
    outcome: string | null
    submission_id: string | null
  }
  ledger_entry: {
    workspace_id: string
    id: string
    mailbox_id: string
    seq: number
    at: Instant
    phase: 'before' | 'after'
    call: string
    purpose: string
    depth: 'nothing' | 'identifiers' | 'thread_headers' | 'content'
    touched: Generated<number>
    touched_keys: Generated<string[]>
    times: Generated<number>
    outcome: string | null
    previous: Bytes
    hash: Bytes
  }
  ledger_head: {
    workspace_id: string
    mailbox_id: string
    seq: Generated<number>
    hash: Generated<Bytes>
    id_key: string | null
    poll_hour: Instant | null
    polls: Generated<number>
  }
  letter: {
    workspace_id: string
    submission_id: string
    html: string | null
    cc: Generated<string[]>
    typed: unknown
  }
  letter_file: {
    workspace_id: string
    submission_id: string
    n: number
    upload_id: string | null
    filename: string
    content_type: string
    size: number
    sha256: Bytes
  }
  mailbox: {
    workspace_id: string
    id: string
    grant_id: string | null
    endpoint: string
    provider: 'gmail' | 'microsoft' | 'imap'
    practice: boolean
    level: 'full' | 'send_only'
    address: string
    address_key: string
    owner_id: string
    display_name: Generated<string>
    signature: Generated<string>
    sharing: Generated<'team' | 'team_sees' | 'named'>
    health: Generated<'connecting' | 'active' | 'waiting_for_admin' | 'throttled' | 'reconnect_needed' | 'paused' | 'disconnected'>
    health_reason: string | null
    paused: Generated<boolean>
    zone: string
    daily_limit: Generated<number>
    window_from: Generated<PlainTime>
    window_to: Generated<PlainTime>
    window_days: Generated<number[]>
    pace_seconds: Generated<number>
    reserve: Generated<number>
    connected_at: Generated<Instant>
    disconnected_at: Instant | null
    last_checked_at: Instant | null
    finds_changed_subjects: Generated<boolean>
    signature_html: Generated<string>
    place: Generated<'own' | 'alias' | 'shared'>
  }
  mailbox_attendance: {
    workspace_id: string
    mailbox_id: string
    attend_id: string | null
    holder: number | null
    until_at: Instant | null
    stands_since: Instant | null
    stood_at: Instant | null
    try_at: Generated<Instant>
    failing_since: Instant | null
    off_reason: 'not_offered' | 'refused' | 'crowded' | null
  }
  mailbox_named_member: {
    workspace_id: string
    mailbox_id: string
    person_id: string
  }
  mailbox_position: {
    workspace_id: string
    mailbox_id: string
    cursor: string | null
    checked_at: Instant | null
    due_at: Generated<Instant>
    pull_id: string | null
    pull_until: Instant | null
    dirty: Generated<boolean>
    failing_since: Instant | null
    rescan_from: Instant | null
    rescan_page: string | null
    rung_at: Instant | null
    missed_at: Instant | null
    found_at: Instant | null
    wait_until: Instant | null
    pull_holder: number | null
    told_at: Instant | null
    rescan_to: Instant | null
  }
  mailbox_schedule: {
    workspace_id: string
    mailbox_id: string
    address_key: string
    next_at: Instant | null
    stopped: string | null
    throttled_until: Generated<Instant>
    troubles: Generated<number>
    paced_until: Generated<Instant>
    throttled_why: Generated<'provider' | 'trouble' | 'our_config' | 'returned'>
  }
  mailbox_watch: {
    workspace_id: string
    mailbox_id: string
    endpoint: string
    handle: string | null
    secret_hash: Bytes | null
    until_at: Instant | null
    renew_at: Generated<Instant>
    failing_since: Instant | null
    off_reason: 'no_public_address' | 'not_set_up' | 'not_offered' | 'refused' | null
  }
  member: {
    workspace_id: string
    id: string
    campaign_id: string
    contact_id: string
    state: Generated<'added' | 'invited' | 'viewed' | 'applied' | 'approved' | 'rejected' | 'withdrawn' | 'declined'>
    state_at: Generated<Instant>
    token: string
    token_hash: Bytes
    created_at: Generated<Instant>
  }
  member_alias: {
    workspace_id: string
    token_hash: Bytes
    member_id: string
  }
  membership: {
    workspace_id: string
    person_id: string
    role: 'owner' | 'admin' | 'member' | 'viewer'
    joined_at: Generated<Instant>
  }
  message: {
    workspace_id: string
    id: string
    thread_id: string
    mailbox_id: string
    contact_id: string
    campaign_id: string | null
    direction: 'in' | 'out'
    kind: 'mail' | 'reply' | 'auto_reply' | 'bounce' | 'complaint' | 'own'
    message_id: string | null
    in_reply_to: string | null
    reference_ids: Generated<string[]>
    from_name: Generated<string>
    from_address: string
    to_addresses: Generated<string[]>
    subject: Generated<string>
    text: Generated<string>
    quoted: Generated<string>
    html: string | null
    remote_images: Generated<number>
    evidence: Generated<string[]>
    answered_from: string | null
    bounce: unknown
    provider_message_id: string | null
    raw_sha256: Bytes | null
    size: Generated<number>
    submission_id: string | null
    author_id: string | null
    occurred_at: Instant
    stored_at: Generated<Instant>
    sent_copy_due: Instant | null
    kind_evidence: Generated<string[]>
    complaint: unknown
    erased_at: Instant | null
    words: string | null
    over_limit: Generated<string[]>
  }
  migration: {
    name: string
    sha256: string
    applied_at: Generated<Instant>
  }
  note: {
    workspace_id: string
    id: string
    conversation_id: string
    author_id: string
    text: string
    at: Generated<Instant>
    words: string | null
  }
  note_mention: {
    workspace_id: string
    note_id: string
    person_id: string
  }
  notice: {
    workspace_id: string
    id: string
    person_id: string
    kind: 'mailbox_broken' | 'in_doubt' | 'mention' | 'queue_long' | 'reply' | 'follow_up_due' | 'follow_up_by_hand' | 'returned'
    subject: string
    facts: Generated<unknown>
    at: Generated<Instant>
    read_at: Instant | null
    settled_at: Instant | null
    digested_at: Instant | null
  }
  notice_choice: {
    workspace_id: string
    person_id: string
    kind: 'mailbox_broken' | 'in_doubt' | 'mention' | 'queue_long' | 'reply' | 'follow_up_due' | 'follow_up_by_hand' | 'returned'
    shown: boolean
    digested: boolean
  }
  oauth_grant: {
    workspace_id: string
    id: string
    endpoint: string
    provider: 'gmail' | 'microsoft' | 'imap'
    account_id: string
    address: string
    owner_id: string
    level: 'full' | 'send_only'
    may_send: boolean
    may_read: boolean
    access_token: string | null
    refresh_token: string | null
    access_expires_at: Instant | null
    token_version: Generated<number>
    refresh_lease: string | null
    refresh_lease_until: Instant | null
    state: Generated<'active' | 'broken' | 'revoked'>
    broken_reason: string | null
    created_at: Generated<Instant>
    updated_at: Generated<Instant>
    refused_since: Instant | null
    refused_at: Instant | null
    shared_level: 'full' | 'send_only' | null
    refresh_holder: number | null
  }
  open_link: {
    workspace_id: string
    campaign_id: string
    token: string
    token_hash: Bytes
    open: Generated<boolean>
    changed_by: string
    changed_at: Generated<Instant>
  }
  outage_report: {
    workspace_id: string
    id: string
    mailbox_id: string
    from_at: Instant
    to_at: Instant
    recovered: number
    complete: boolean
    reason: string | null
    created_at: Generated<Instant>
    set_aside: Generated<number>
    held_by: string | null
  }
  person: {
    id: string
    name: string
    address: string
    address_key: string
    address_verified: Generated<boolean>
    image: string | null
    language: Generated<'en' | 'de'>
    created_at: Generated<Instant>
    updated_at: Generated<Instant>
  }
  picture: {
    workspace_id: string
    id: string
    token: string
    sha256: Bytes
    type: 'image/png' | 'image/jpeg' | 'image/webp'
    width: number
    height: number
    created_by: string
    created_at: Generated<Instant>
  }
  rate_limit: {
    id: string
    key: string
    count: number
    last_request: number
  }
  reference: {
    workspace_id: string
    mailbox_id: string
    kind: 'message-id' | 'token' | 'provider-thread' | 'provider-message'
    value: string
    thread_id: string
    created_at: Generated<Instant>
  }
  rehearsal: {
    workspace_id: string
    started_by: string
    language: 'en' | 'de'
    state: Generated<'running' | 'ready' | 'stuck'>
    step: Generated<number>
    tries: Generated<number>
    made: Generated<unknown>
    lease_id: string | null
    leased_until: Instant | null
    started_at: Generated<Instant>
  }
  server_setting: {
    key: string
    value: unknown
    updated_at: Generated<Instant>
    version: Generated<number>
  }
  session: {
    id: string
    token: string
    person_id: string
    expires_at: Instant
    ip_address: string | null
    user_agent: string | null
    created_at: Generated<Instant>
    updated_at: Generated<Instant>
  }
  set_aside: {
    workspace_id: string
    mailbox_id: string
    provider_message_id: string
    provider_thread_id: string | null
    tries: Generated<number>
    failure: string
    next_at: Instant | null
    first_at: Generated<Instant>
    settled_at: Instant | null
    thread_id: string | null
  }
  submission: {
    workspace_id: string
    id: string
    mailbox_id: string
    key: string
    kind: 'direct' | 'invitation' | 'approval' | 'bulk' | 'rejection'
    rank: number
    state: Generated<'queued' | 'leased' | 'accepted' | 'failed' | 'in_doubt' | 'held' | 'cancelled' | 'suppressed'>
    reason: unknown
    contact_id: string | null
    to_address: string
    to_key: string
    to_name: Generated<string>
    campaign_id: string | null
    member_id: string | null
    thread_id: string | null
    answers_message_id: string | null
    template_id: string | null
    template_version: number | null
    subject: string | null
    text: string | null
    author_id: string | null
    again_of: string | null
    enqueued_at: Generated<Instant>
    position_at: Instant
    not_before: Instant | null
    lift_at: Instant | null
    lease_id: string | null
    lease_worker: string | null
    lease_until: Instant | null
    call_started_at: Instant | null
    charged_from: Instant | null
    tries: Generated<number>
    token: string | null
    message_id: string | null
    raw_sha256: Bytes | null
    size: Generated<number>
    in_doubt_since: Instant | null
    look_at: Instant | null
    accepted_at: Instant | null
    settled_at: Instant | null
    exempt: Generated<boolean>
    looks: Generated<number>
    looked_at: Instant | null
    look_found: 'nothing_yet' | 'unreachable' | null
    lease_holder: number | null
  }
  suggestion: {
    workspace_id: string
    id: string
    message_id: string
    contact_id: string
    campaign_id: string | null
    kind: string
    evidence: string
    state: Generated<'open' | 'accepted' | 'dismissed'>
    decided_by: string | null
    decided_at: Instant | null
    created_at: Generated<Instant>
  }
  suppression: {
    workspace_id: string
    address_key: string
    reason: 'bounce' | 'complaint' | 'unsubscribed' | 'by_person'
    evidence: Generated<string>
    since: Generated<Instant>
  }
  template: {
    workspace_id: string
    id: string
    campaign_id: string | null
    kind: 'direct' | 'invitation' | 'approval' | 'bulk' | 'rejection'
    language: 'en' | 'de'
    version: Generated<number>
    set_id: string | null
  }
  template_set: {
    workspace_id: string
    id: string
    name: Generated<string>
    kind: Generated<'direct' | 'invitation' | 'approval' | 'bulk' | 'rejection'>
    text_key: Bytes | null
    created_by: string | null
    created_at: Generated<Instant>
    archived_at: Instant | null
  }
  template_version: {
    workspace_id: string
    template_id: string
    version: number
    subject: string
    body: string
    author_id: string | null
    created_at: Generated<Instant>
  }
  template_version_file: {
    workspace_id: string
    template_id: string
    version: number
    n: number
    filename: string
    content_type: string
    size: number
    sha256: Bytes
  }
  thread: {
    workspace_id: string
    id: string
    mailbox_id: string
    contact_id: string
    campaign_id: string | null
    token: string
    provider_thread_id: string | null
    subject: string
    created_at: Generated<Instant>
  }
  unmatched_identifier: {
    workspace_id: string
    mailbox_id: string
    provider_message_id: string
    provider_thread_id: string | null
    seen_at: Generated<Instant>
    judged: Generated<boolean>
    headers_seen: Generated<boolean>
  }
  upload: {
    workspace_id: string
    id: string
    filename: string
    content_type: string
    size: number
    sha256: Bytes | null
    uploaded_by: string
    created_at: Generated<Instant>
  }
  upload_piece: {
    workspace_id: string
    upload_id: string
    n: number
    content: Bytes
  }
  verification: {
    id: string
    identifier: string
    value: string
    expires_at: Instant
    created_at: Generated<Instant>
    updated_at: Generated<Instant>
  }
  waiting_decision: {
    workspace_id: string
    mailbox_id: string
    choice: 'hold' | 'cancel' | 'reassign'
    reassign_to: string | null
    state: Generated<'running' | 'stopped' | 'done'>
    stopped_why: string | null
    total: number
    done: Generated<number>
    decided_at: Generated<Instant>
    run: Generated<number>
  }
  workspace: {
    workspace_id: string
    name: string
    mode: Generated<'undecided' | 'practice' | 'real'>
    language: Generated<'en' | 'de'>
    zone: string
    created_at: Generated<Instant>
  }
  workspace_invitation: {
    workspace_id: string
    id: string
    token_hash: Bytes
    role: 'admin' | 'member' | 'viewer'
    invited_by: string
    created_at: Generated<Instant>
    expires_at: Instant
    accepted_at: Instant | null
    accepted_by: string | null
    revoked_at: Instant | null
  }
}
