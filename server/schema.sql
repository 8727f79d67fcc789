-- The schema after all migrations, printed by server/src/tools/print-schema.ts. For reading; nothing runs it.

table account
  id uuid not null
  account_id text not null
  provider_id text not null
  person_id uuid not null
  access_token text
  refresh_token text
  id_token text
  access_token_expires_at timestamp with time zone
  refresh_token_expires_at timestamp with time zone
  scope text
  password text
  created_at timestamp with time zone not null default CURRENT_TIMESTAMP
  updated_at timestamp with time zone not null default CURRENT_TIMESTAMP
  constraint account_pkey PRIMARY KEY (id)
  constraint account_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE
  CREATE INDEX account_person ON public.account USING btree (person_id)
  grant delete, insert, select, update to kontor_app

table address_cap
  address_key text not null
  zone text not null
  owner_limit integer not null
  day_starts_at timestamp with time zone not null
  day_ends_at timestamp with time zone not null
  used integer not null default 0
  used_direct integer not null default 0
  base_ends_at timestamp with time zone not null
  rolling_limit integer
  constraint address_cap_pkey PRIMARY KEY (address_key)
  constraint address_cap_check CHECK ((day_ends_at > day_starts_at))
  constraint address_cap_check1 CHECK (((used_direct >= 0) AND (used_direct <= used)))
  constraint address_cap_owner_limit_check CHECK (((owner_limit >= 1) AND (owner_limit <= 300)))
  constraint address_cap_rolling_limit_check CHECK ((rolling_limit > 0))
  constraint address_cap_used_check CHECK ((used >= 0))
  grant insert, select, update to kontor_definer

table address_charge
  address_key text not null
  lease_id uuid not null
  at timestamp with time zone not null
  constraint address_charge_pkey PRIMARY KEY (address_key, lease_id)
  constraint address_charge_address_key_fkey FOREIGN KEY (address_key) REFERENCES address_cap(address_key)
  CREATE INDEX address_charge_latest ON public.address_charge USING btree (address_key, at)
  grant delete, insert, select, update to kontor_definer

table admin_request
  workspace_id uuid not null
  id uuid not null
  person_id uuid not null
  endpoint text not null
  sharing text not null
  named_members uuid[] not null default '{}'::uuid[]
  mailbox_id uuid
  state_hash bytea not null
  state text not null
  asked_at timestamp with time zone not null default kontor_now()
  answer text
  answered_at timestamp with time zone
  ended_at timestamp with time zone
  shared boolean not null default false
  constraint admin_request_pkey PRIMARY KEY (workspace_id, id)
  constraint admin_request_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
  constraint admin_request_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(workspace_id)
  constraint admin_request_workspace_id_mailbox_id_fkey FOREIGN KEY (workspace_id, mailbox_id) REFERENCES mailbox(workspace_id, id)
  constraint admin_request_answer_check CHECK ((answer = ANY (ARRAY['agreed'::text, 'declined'::text])))
  CREATE UNIQUE INDEX admin_request_open ON public.admin_request USING btree (workspace_id, person_id, endpoint, mailbox_id) NULLS NOT DISTINCT WHERE (ended_at IS NULL)
  CREATE UNIQUE INDEX admin_request_state ON public.admin_request USING btree (workspace_id, state_hash)
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  grant delete, insert, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

table answering
  workspace_id uuid not null
  conversation_id uuid not null
  person_id uuid not null
  until timestamp with time zone not null
  constraint answering_pkey PRIMARY KEY (workspace_id, conversation_id, person_id)
  constraint answering_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
  constraint answering_workspace_id_conversation_id_fkey FOREIGN KEY (workspace_id, conversation_id) REFERENCES conversation(workspace_id, id)
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  grant delete, insert, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

table application
  workspace_id uuid not null
  id uuid not null
  member_id uuid not null
  message text not null
  applied_at timestamp with time zone not null default kontor_now()
  decision text
  decided_by uuid
  decided_at timestamp with time zone
  decision_sent_at timestamp with time zone
  withdrawn_at timestamp with time zone
  through_open_link boolean not null default false
  constraint application_pkey PRIMARY KEY (workspace_id, id)
  constraint application_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES person(id)
  constraint application_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES member(workspace_id, id)
  constraint application_decision_check CHECK ((decision = ANY (ARRAY['approved'::text, 'rejected'::text])))
  CREATE UNIQUE INDEX application_open ON public.application USING btree (workspace_id, member_id) WHERE (withdrawn_at IS NULL)
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  grant delete, insert, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

table attachment
  workspace_id uuid not null
  id uuid not null
  message_id uuid not null
  filename text not null
  content_type text not null
  size bigint not null
  sha256 bytea
  content_id text
  blocked boolean not null default false
  constraint attachment_pkey PRIMARY KEY (workspace_id, id)
  constraint attachment_workspace_id_message_id_fkey FOREIGN KEY (workspace_id, message_id) REFERENCES message(workspace_id, id)
  constraint attachment_workspace_id_sha256_fkey FOREIGN KEY (workspace_id, sha256) REFERENCES blob(workspace_id, sha256)
  CREATE INDEX attachment_of ON public.attachment USING btree (workspace_id, message_id)
  CREATE INDEX attachment_of_blob ON public.attachment USING btree (workspace_id, sha256) WHERE (sha256 IS NOT NULL)
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  grant delete, insert, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

table attempt partition by RANGE (id)
  workspace_id uuid not null
  id uuid not null
  submission_id uuid not null
  n integer not null
  started_at timestamp with time zone not null
  ended_at timestamp with time zone
  outcome text
  diagnostic text
  charged_from timestamp with time zone
  message_id text not null
  constraint attempt_pkey PRIMARY KEY (workspace_id, id)
  CREATE INDEX attempt_of ON ONLY public.attempt USING btree (workspace_id, submission_id, n)
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  grant delete, insert, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

table attempt_default partition of attempt DEFAULT

table audit_entry
  workspace_id uuid not null
  id uuid not null
  at timestamp with time zone not null default kontor_now()
  actor_id uuid
  actor_name text not null
  action text not null
  subject text
  detail jsonb not null default '{}'::jsonb
  constraint audit_entry_pkey PRIMARY KEY (workspace_id, id)
  constraint audit_entry_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES person(id)
  constraint audit_entry_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(workspace_id)
  CREATE INDEX audit_entry_latest ON public.audit_entry USING btree (workspace_id, id DESC)
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  grant delete, insert, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

table blob
  workspace_id uuid not null
  sha256 bytea not null
  size bigint not null
  created_at timestamp with time zone not null default kontor_now()
  constraint blob_pkey PRIMARY KEY (workspace_id, sha256)
  constraint blob_sha256_check CHECK ((octet_length(sha256) = 32))
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  grant delete, insert, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

table blob_chunk
  workspace_id uuid not null
  sha256 bytea not null
  n integer not null
  content bytea
  file_sha256 bytea
  constraint blob_chunk_pkey PRIMARY KEY (workspace_id, sha256, n)
  constraint blob_chunk_workspace_id_file_sha256_fkey FOREIGN KEY (workspace_id, file_sha256) REFERENCES blob(workspace_id, sha256)
  constraint blob_chunk_workspace_id_sha256_fkey FOREIGN KEY (workspace_id, sha256) REFERENCES blob(workspace_id, sha256) ON DELETE CASCADE
  constraint blob_chunk_check CHECK (((content IS NULL) <> (file_sha256 IS NULL)))
  constraint blob_chunk_content_check CHECK ((octet_length(content) <= 262144))
  constraint blob_chunk_n_check CHECK ((n >= 0))
  CREATE INDEX blob_chunk_of_file ON public.blob_chunk USING btree (workspace_id, file_sha256) WHERE (file_sha256 IS NOT NULL)
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  grant delete, insert, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

table brand
  workspace_id uuid not null
  name text not null default ''::text
  colour text not null default '#2A3FC4'::text
  formality text not null default 'du'::text
  logo_id uuid
  constraint brand_pkey PRIMARY KEY (workspace_id)
  constraint brand_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(workspace_id)
  constraint brand_workspace_id_logo_id_fkey FOREIGN KEY (workspace_id, logo_id) REFERENCES picture(workspace_id, id)
  constraint brand_colour_check CHECK ((colour ~ '^#[0-9a-fA-F]{6}$'::text))
  constraint brand_formality_check CHECK ((formality = ANY (ARRAY['du'::text, 'sie'::text])))
  CREATE INDEX brand_logo ON public.brand USING btree (workspace_id, logo_id) WHERE (logo_id IS NOT NULL)
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  grant delete, insert, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

table brief_image
  workspace_id uuid not null
  campaign_id uuid not null
  picture_id uuid not null
  constraint brief_image_pkey PRIMARY KEY (workspace_id, campaign_id, picture_id)
  constraint brief_image_workspace_id_campaign_id_fkey FOREIGN KEY (workspace_id, campaign_id) REFERENCES campaign(workspace_id, id)
  constraint brief_image_workspace_id_picture_id_fkey FOREIGN KEY (workspace_id, picture_id) REFERENCES picture(workspace_id, id)
  CREATE INDEX brief_image_of_picture ON public.brief_image USING btree (workspace_id, picture_id)
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  grant delete, insert, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

table campaign
  workspace_id uuid not null
  id uuid not null
  name text not null
  status text not null default 'draft'::text
  brief jsonb not null
  mailbox_id uuid
  brand_name text not null default ''::text
  brand_colour text not null default '#2A3FC4'::text
  formality text not null default 'du'::text
  created_by uuid not null
  created_at timestamp with time zone not null default kontor_now()
  closed_at timestamp with time zone
  logo_id uuid
  constraint campaign_pkey PRIMARY KEY (workspace_id, id)
  constraint campaign_created_by_fkey FOREIGN KEY (created_by) REFERENCES person(id)
  constraint campaign_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(workspace_id)
  constraint campaign_workspace_id_logo_id_fkey FOREIGN KEY (workspace_id, logo_id) REFERENCES picture(workspace_id, id)
  constraint campaign_workspace_id_mailbox_id_fkey FOREIGN KEY (workspace_id, mailbox_id) REFERENCES mailbox(workspace_id, id)
  constraint campaign_brand_colour_check CHECK ((brand_colour ~ '^#[0-9a-fA-F]{6}$'::text))
  constraint campaign_formality_check CHECK ((formality = ANY (ARRAY['du'::text, 'sie'::text])))
  constraint campaign_status_check CHECK ((status = ANY (ARRAY['draft'::text, 'running'::text, 'paused'::text, 'closed'::text])))
  CREATE INDEX campaign_logo ON public.campaign USING btree (workspace_id, logo_id) WHERE (logo_id IS NOT NULL)
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  grant delete, insert, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

table campaign_file
  workspace_id uuid not null
  campaign_id uuid not null
  kind text not null
  n integer not null
  upload_id uuid not null
  filename text not null
  content_type text not null
  size bigint not null
  sha256 bytea not null
  constraint campaign_file_pkey PRIMARY KEY (workspace_id, campaign_id, kind, n)
  constraint campaign_file_workspace_id_campaign_id_fkey FOREIGN KEY (workspace_id, campaign_id) REFERENCES campaign(workspace_id, id)
  constraint campaign_file_workspace_id_sha256_fkey FOREIGN KEY (workspace_id, sha256) REFERENCES blob(workspace_id, sha256)
  constraint campaign_file_kind_check CHECK ((kind = ANY (ARRAY['invitation'::text, 'approval'::text, 'rejection'::text])))
  CREATE INDEX campaign_file_of_blob ON public.campaign_file USING btree (workspace_id, sha256)
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  grant delete, insert, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

table certificate
  workspace_id uuid not null
  id uuid not null
  mailbox_id uuid not null
  kind text not null
  at timestamp with time zone not null
  facts jsonb not null
  queue jsonb
  permission jsonb
  erasure_id uuid
  content json
  seal text
  sealed_at timestamp with time zone
  constraint certificate_pkey PRIMARY KEY (workspace_id, id)
  constraint certificate_workspace_id_erasure_id_fkey FOREIGN KEY (workspace_id, erasure_id) REFERENCES erasure(workspace_id, id)
  constraint certificate_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(workspace_id)
  constraint certificate_workspace_id_mailbox_id_fkey FOREIGN KEY (workspace_id, mailbox_id) REFERENCES mailbox(workspace_id, id)
  constraint certificate_check CHECK ((((sealed_at IS NULL) = (content IS NULL)) AND ((sealed_at IS NULL) = (seal IS NULL))))
  constraint certificate_kind_check CHECK ((kind = ANY (ARRAY['disconnected'::text, 'narrowed'::text, 'erased'::text])))
  CREATE INDEX certificate_of ON public.certificate USING btree (workspace_id, mailbox_id, at DESC, id DESC)
  CREATE INDEX certificate_open ON public.certificate USING btree (workspace_id, mailbox_id) WHERE (sealed_at IS NULL)
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  grant delete, insert, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

table clock_offset
  only_row boolean not null default true
  steppable boolean not null default false
  stopped_at timestamp with time zone
  value interval not null default '00:00:00'::interval
  constraint clock_offset_pkey PRIMARY KEY (only_row)
  constraint clock_offset_check CHECK (((stopped_at IS NULL) OR steppable))
  constraint clock_offset_only_row_check CHECK (only_row)
  grant select to kontor_app
  grant select, update to kontor_definer

table consent_request
  workspace_id uuid not null
  id uuid not null
  state_hash bytea not null
  person_id uuid not null
  endpoint text not null
  level text not null
  sharing text not null
  named_members uuid[] not null default '{}'::uuid[]
  mailbox_id uuid
  code_verifier text not null
  nonce text not null
  created_at timestamp with time zone not null default CURRENT_TIMESTAMP
  expires_at timestamp with time zone not null
  used_at timestamp with time zone
  outcome jsonb
  fetch_earlier boolean not null default false
  shared_address text
  shared_level text
  shared_name text
  constraint consent_request_pkey PRIMARY KEY (workspace_id, id)
  constraint consent_request_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
  constraint consent_request_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(workspace_id)
  constraint consent_request_workspace_id_mailbox_id_fkey FOREIGN KEY (workspace_id, mailbox_id) REFERENCES mailbox(workspace_id, id)
  constraint consent_request_level_check CHECK ((level = ANY (ARRAY['full'::text, 'send_only'::text])))
  constraint consent_request_shared_level_check CHECK ((shared_level = ANY (ARRAY['full'::text, 'send_only'::text])))
  CREATE UNIQUE INDEX consent_request_state ON public.consent_request USING btree (workspace_id, state_hash)
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  grant delete, insert, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

table contact
  workspace_id uuid not null
  id uuid not null
  name text not null
  handle text not null default ''::text
  language text not null default 'en'::text
  country text not null default ''::text
  tags text[] not null default '{}'::text[]
  notes text not null default ''::text
  basis text not null default 'none'::text
  basis_source text not null default ''::text
  basis_at timestamp with time zone
  do_not_contact boolean not null default false
  created_at timestamp with time zone not null default kontor_now()
  deleted_at timestamp with time zone
  zone text not null default ''::text
  other_handles jsonb not null default '[]'::jsonb
  custom jsonb not null default '{}'::jsonb
  agent_name text not null default ''::text
  agent_address text not null default ''::text
  agent_key text not null default ''::text
  agent_cc boolean not null default false
  paused_until timestamp with time zone
  merged_into uuid
  constraint contact_pkey PRIMARY KEY (workspace_id, id)
  constraint contact_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(workspace_id)
  constraint contact_workspace_id_merged_into_fkey FOREIGN KEY (workspace_id, merged_into) REFERENCES contact(workspace_id, id)
  constraint contact_basis_check CHECK ((basis = ANY (ARRAY['asked_us'::text, 'agreed'::text, 'existing_relation'::text, 'public_business_address'::text, 'none'::text])))
  constraint contact_check CHECK (((agent_address = ''::text) = (agent_key = ''::text)))
  constraint contact_custom_check CHECK ((jsonb_typeof(custom) = 'object'::text))
  constraint contact_language_check CHECK ((language = ANY (ARRAY['en'::text, 'de'::text])))
  constraint contact_other_handles_check CHECK ((jsonb_typeof(other_handles) = 'array'::text))
  CREATE INDEX contact_by_name ON public.contact USING btree (workspace_id, lower(name), id) WHERE (deleted_at IS NULL)
  CREATE INDEX contact_of_agent ON public.contact USING btree (workspace_id, agent_key) WHERE ((agent_key <> ''::text) AND (deleted_at IS NULL))
  CREATE INDEX contact_words ON public.contact USING gin (search_words(workspace_id, ((name || ' '::text) || handle)))
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  grant delete, insert, maintain, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

table contact_address
  workspace_id uuid not null
  contact_id uuid not null
  address text not null
  address_key text not null
  preferred boolean not null default false
  created_at timestamp with time zone not null default kontor_now()
  constraint contact_address_pkey PRIMARY KEY (workspace_id, address_key)
  constraint contact_address_workspace_id_contact_id_fkey FOREIGN KEY (workspace_id, contact_id) REFERENCES contact(workspace_id, id) ON DELETE CASCADE
  CREATE INDEX contact_address_of ON public.contact_address USING btree (workspace_id, contact_id)
  CREATE UNIQUE INDEX contact_address_preferred ON public.contact_address USING btree (workspace_id, contact_id) WHERE preferred
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  grant delete, insert, maintain, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

view contact_card as
 SELECT c.workspace_id,
    c.id,
    c.name,
    c.handle,
    c.language,
    c.do_not_contact,
    (c.deleted_at IS NOT NULL) AS deleted,
    COALESCE(a.address, ''::text) AS address,
    COALESCE(a.address_key, ''::text) AS address_key,
    s.reason AS suppressed,
    c.country,
    c.custom,
    c.agent_name,
    c.agent_address,
    c.agent_key,
    c.agent_cc,
    c.paused_until,
    c.basis,
    c.basis_source
   FROM ((contact c
     LEFT JOIN contact_address a ON (((a.workspace_id = c.workspace_id) AND (a.contact_id = c.id) AND a.preferred)))
     LEFT JOIN suppression s ON (((s.workspace_id = a.workspace_id) AND (s.address_key = a.address_key))));

table contact_import
  workspace_id uuid not null
  id uuid not null
  file_name text not null
  encoding text
  separator text
  wish jsonb
  state text not null default 'sent'::text
  lines integer not null default 0
  added integer not null default 0
  filled integer not null default 0
  known integer not null default 0
  failed integer not null default 0
  created_by uuid not null
  created_at timestamp with time zone not null default kontor_now()
  constraint contact_import_pkey PRIMARY KEY (workspace_id, id)
  constraint contact_import_created_by_fkey FOREIGN KEY (created_by) REFERENCES person(id)
  constraint contact_import_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(workspace_id)
  constraint contact_import_state_check CHECK ((state = ANY (ARRAY['sent'::text, 'read'::text, 'running'::text, 'done'::text, 'stopped'::text])))
  CREATE INDEX contact_import_list ON public.contact_import USING btree (workspace_id, created_at DESC, id DESC)
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  grant delete, insert, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

table contact_import_line
  workspace_id uuid not null
  import_id uuid not null
  line integer not null
  cells text[] not null
  outcome text
  code text
  detail text
  contact_id uuid
  constraint contact_import_line_pkey PRIMARY KEY (workspace_id, import_id, line)
  constraint contact_import_line_workspace_id_import_id_fkey FOREIGN KEY (workspace_id, import_id) REFERENCES contact_import(workspace_id, id) ON DELETE CASCADE
  constraint contact_import_line_check CHECK (((outcome = 'failed'::text) = (code IS NOT NULL)))
  constraint contact_import_line_outcome_check CHECK ((outcome = ANY (ARRAY['added'::text, 'filled'::text, 'known'::text, 'failed'::text])))
  CREATE INDEX contact_import_failed ON public.contact_import_line USING btree (workspace_id, import_id, line) WHERE (outcome = 'failed'::text)
  CREATE INDEX contact_import_open ON public.contact_import_line USING btree (workspace_id, import_id, line) WHERE (outcome IS NULL)
  CREATE INDEX contact_import_person ON public.contact_import_line USING btree (workspace_id, import_id, contact_id) WHERE (contact_id IS NOT NULL)
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  grant delete, insert, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

table contact_import_part
  workspace_id uuid not null
  import_id uuid not null
  n integer not null
  content bytea not null
  constraint contact_import_part_pkey PRIMARY KEY (workspace_id, import_id, n)
  constraint contact_import_part_workspace_id_import_id_fkey FOREIGN KEY (workspace_id, import_id) REFERENCES contact_import(workspace_id, id) ON DELETE CASCADE
  constraint contact_import_part_content_check CHECK ((octet_length(content) <= 1048576))
  constraint contact_import_part_n_check CHECK (((n >= 0) AND (n <= 63)))
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  grant delete, insert, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

table conversation
  workspace_id uuid not null
  id uuid not null
  contact_id uuid not null
  campaign_id uuid
  team_state text not null default 'waiting'::text
  assignee_id uuid
  subject text not null default ''::text
  snippet text not null default ''::text
  last_at timestamp with time zone not null
  last_direction text not null
  version integer not null default 1
  heard_version integer not null default 0
  heard_at timestamp with time zone
  listed_at timestamp with time zone not null
  kinds text[] not null default '{}'::text[]
  last_mailbox_id uuid
  snoozed_until timestamp with time zone
  snoozed_by uuid
  woken_at timestamp with time zone
  withdrawn_by uuid
  constraint conversation_pkey PRIMARY KEY (workspace_id, id)
  constraint conversation_workspace_id_contact_id_campaign_id_key UNIQUE NULLS NOT DISTINCT (workspace_id, contact_id, campaign_id)
  constraint conversation_assignee_id_fkey FOREIGN KEY (assignee_id) REFERENCES person(id)
  constraint conversation_snoozed_by_fkey FOREIGN KEY (snoozed_by) REFERENCES person(id)
  constraint conversation_withdrawn_by_fkey FOREIGN KEY (withdrawn_by) REFERENCES person(id)
  constraint conversation_workspace_id_campaign_id_fkey FOREIGN KEY (workspace_id, campaign_id) REFERENCES campaign(workspace_id, id)
  constraint conversation_workspace_id_contact_id_fkey FOREIGN KEY (workspace_id, contact_id) REFERENCES contact(workspace_id, id)
  constraint conversation_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(workspace_id)
  constraint conversation_last_direction_check CHECK ((last_direction = ANY (ARRAY['in'::text, 'out'::text])))
  constraint conversation_team_state_check CHECK ((team_state = ANY (ARRAY['needs_reply'::text, 'waiting'::text, 'done'::text])))
  CREATE INDEX conversation_asleep ON public.conversation USING btree (snoozed_until) WHERE (snoozed_until IS NOT NULL)
  CREATE INDEX conversation_assigned ON public.conversation USING btree (workspace_id, assignee_id, team_state, listed_at DESC, id DESC) WHERE ((snoozed_until IS NULL) AND (assignee_id IS NOT NULL))
  CREATE INDEX conversation_list ON public.conversation USING btree (workspace_id, team_state, listed_at DESC, id DESC) WHERE (snoozed_until IS NULL)
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  grant delete, insert, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

table conversation_read
  workspace_id uuid not null
  conversation_id uuid not null
  person_id uuid not null
  version integer not null
  unread boolean not null default false
  constraint conversation_read_pkey PRIMARY KEY (workspace_id, conversation_id, person_id)
  constraint conversation_read_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
  constraint conversation_read_workspace_id_conversation_id_fkey FOREIGN KEY (workspace_id, conversation_id) REFERENCES conversation(workspace_id, id)
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  grant delete, insert, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

table conversation_turn
  workspace_id uuid not null
  id uuid not null
  conversation_id uuid not null
  version integer
  kind text not null
  person_id uuid
  detail jsonb not null default '{}'::jsonb
  at timestamp with time zone not null default kontor_now()
  constraint conversation_turn_pkey PRIMARY KEY (workspace_id, id)
  constraint conversation_turn_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
  constraint conversation_turn_workspace_id_conversation_id_fkey FOREIGN KEY (workspace_id, conversation_id) REFERENCES conversation(workspace_id, id) ON DELETE CASCADE
  constraint conversation_turn_check CHECK (((kind = ANY (ARRAY['heard'::text, 'wrote'::text, 'sent'::text])) = (version IS NOT NULL)))
  constraint conversation_turn_kind_check CHECK ((kind = ANY (ARRAY['heard'::text, 'wrote'::text, 'sent'::text, 'assigned'::text, 'done'::text, 'reopened'::text, 'snoozed'::text, 'woke'::text, 'withdrawn'::text, 'returned'::text, 'asked'::text, 'taken_back'::text])))
  CREATE INDEX conversation_turn_of ON public.conversation_turn USING btree (workspace_id, conversation_id, at, id)
  CREATE UNIQUE INDEX conversation_turn_version ON public.conversation_turn USING btree (workspace_id, conversation_id, version) WHERE (version IS NOT NULL)
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  grant delete, insert, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

table creator_link
  workspace_id uuid not null
  contact_id uuid not null
  token text not null
  token_hash bytea not null
  created_at timestamp with time zone not null default kontor_now()
  constraint creator_link_pkey PRIMARY KEY (workspace_id, contact_id)
  constraint creator_link_workspace_id_contact_id_fkey FOREIGN KEY (workspace_id, contact_id) REFERENCES contact(workspace_id, id)
  CREATE UNIQUE INDEX creator_link_token ON public.creator_link USING btree (workspace_id, token_hash)
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  grant delete, insert, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

table default_mailbox
  workspace_id uuid not null
  person_id uuid not null
  mailbox_id uuid not null
  constraint default_mailbox_pkey PRIMARY KEY (workspace_id, person_id)
  constraint default_mailbox_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
  constraint default_mailbox_workspace_id_mailbox_id_fkey FOREIGN KEY (workspace_id, mailbox_id) REFERENCES mailbox(workspace_id, id) ON DELETE CASCADE
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  grant delete, insert, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

table draft
  workspace_id uuid not null
  id uuid not null
  contact_id uuid not null
  campaign_id uuid
  author_id uuid not null
  mailbox_id uuid
  to_address text
  cc text[] not null default '{}'::text[]
  subject text not null default ''::text
  text text not null default ''::text
  html text
  seen_version integer
  approver_id uuid
  revision integer not null default 1
  changed_by uuid not null
  changed_at timestamp with time zone not null default kontor_now()
  constraint draft_pkey PRIMARY KEY (workspace_id, id)
  constraint draft_approver_id_fkey FOREIGN KEY (approver_id) REFERENCES person(id)
  constraint draft_author_id_fkey FOREIGN KEY (author_id) REFERENCES person(id)
  constraint draft_changed_by_fkey FOREIGN KEY (changed_by) REFERENCES person(id)
  constraint draft_workspace_id_campaign_id_fkey FOREIGN KEY (workspace_id, campaign_id) REFERENCES campaign(workspace_id, id)
  constraint draft_workspace_id_contact_id_fkey FOREIGN KEY (workspace_id, contact_id) REFERENCES contact(workspace_id, id)
  constraint draft_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(workspace_id)
  constraint draft_workspace_id_mailbox_id_fkey FOREIGN KEY (workspace_id, mailbox_id) REFERENCES mailbox(workspace_id, id)
  CREATE UNIQUE INDEX draft_of ON public.draft USING btree (workspace_id, contact_id, campaign_id, author_id) NULLS NOT DISTINCT
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  grant delete, insert, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

table draft_file
  workspace_id uuid not null
  draft_id uuid not null
  n integer not null
  upload_id uuid not null
  as_link boolean not null
  constraint draft_file_pkey PRIMARY KEY (workspace_id, draft_id, n)
  constraint draft_file_workspace_id_draft_id_fkey FOREIGN KEY (workspace_id, draft_id) REFERENCES draft(workspace_id, id) ON DELETE CASCADE
  constraint draft_file_workspace_id_upload_id_fkey FOREIGN KEY (workspace_id, upload_id) REFERENCES upload(workspace_id, id)
  CREATE INDEX draft_file_upload ON public.draft_file USING btree (workspace_id, upload_id)
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  grant delete, insert, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

table erasure
  workspace_id uuid not null
  id uuid not null
  mailbox_id uuid not null
  reach text not null
  step text not null default 'messages'::text
  asked_by uuid
  asked_at timestamp with time zone not null default kontor_now()
  total integer not null
  messages integer not null default 0
  attachments integer not null default 0
  bytes bigint not null default 0
  words integer not null default 0
  identifiers integer not null default 0
  suppressions integer not null default 0
  finished_at timestamp with time zone
  constraint erasure_pkey PRIMARY KEY (workspace_id, id)
  constraint erasure_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES person(id)
  constraint erasure_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(workspace_id)
  constraint erasure_workspace_id_mailbox_id_fkey FOREIGN KEY (workspace_id, mailbox_id) REFERENCES mailbox(workspace_id, id)
  constraint erasure_check CHECK (((step = 'done'::text) = (finished_at IS NOT NULL)))
  constraint erasure_reach_check CHECK ((reach = ANY (ARRAY['received'::text, 'everything'::text])))
  constraint erasure_step_check CHECK ((step = ANY (ARRAY['messages'::text, 'words'::text, 'rest'::text, 'done'::text])))
  CREATE INDEX erasure_due ON public.erasure USING btree (asked_at) WHERE (finished_at IS NULL)
  CREATE UNIQUE INDEX erasure_running ON public.erasure USING btree (workspace_id, mailbox_id) WHERE (finished_at IS NULL)
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  grant delete, insert, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

table event partition by RANGE (id)
  workspace_id uuid not null
  id uuid not null
  seq bigint not null generated always
  xid xid8 not null default pg_current_xact_id()
  type text not null
  subject uuid
  payload jsonb not null default '{}'::jsonb
  at timestamp with time zone not null default kontor_now()
  constraint event_pkey PRIMARY KEY (workspace_id, id)
  CREATE INDEX event_feed ON ONLY public.event USING btree (workspace_id, xid, seq)
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  grant delete, insert, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

table event_default partition of event DEFAULT

table event_delivery
  workspace_id uuid not null
  event_id uuid not null
  handler text not null
  delivered_at timestamp with time zone not null default kontor_now()
  constraint event_delivery_pkey PRIMARY KEY (workspace_id, event_id, handler)
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  grant delete, insert, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

table file_link
  workspace_id uuid not null
  id uuid not null
  token_hash bytea not null
  submission_id uuid not null
  filename text not null
  content_type text not null
  size bigint not null
  sha256 bytea not null
  created_by uuid
  created_at timestamp with time zone not null default kontor_now()
  expires_at timestamp with time zone
  revoked_at timestamp with time zone
  downloads integer not null default 0
  token text
  constraint file_link_pkey PRIMARY KEY (workspace_id, id)
  constraint file_link_created_by_fkey FOREIGN KEY (created_by) REFERENCES person(id)
  constraint file_link_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(workspace_id)
  constraint file_link_workspace_id_sha256_fkey FOREIGN KEY (workspace_id, sha256) REFERENCES blob(workspace_id, sha256)
  constraint file_link_workspace_id_submission_id_fkey FOREIGN KEY (workspace_id, submission_id) REFERENCES submission(workspace_id, id) ON DELETE CASCADE
  constraint file_link_check CHECK (((token IS NULL) = (expires_at IS NOT NULL)))
  CREATE INDEX file_link_of ON public.file_link USING btree (workspace_id, submission_id)
  CREATE UNIQUE INDEX file_link_token ON public.file_link USING btree (workspace_id, token_hash)
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  grant delete, insert, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

table follow_up
  workspace_id uuid not null
  launch_id uuid not null
  n smallint not null
  after_days smallint not null
  versions jsonb not null
  changed_by uuid not null
  changed_at timestamp with time zone not null default kontor_now()
  constraint follow_up_pkey PRIMARY KEY (workspace_id, launch_id, n)
  constraint follow_up_changed_by_fkey FOREIGN KEY (changed_by) REFERENCES person(id)
  constraint follow_up_workspace_id_launch_id_fkey FOREIGN KEY (workspace_id, launch_id) REFERENCES launch(workspace_id, id)
  constraint follow_up_after_days_check CHECK (((after_days >= 1) AND (after_days <= 30)))
  constraint follow_up_n_check CHECK (((n >= 1) AND (n <= 3)))
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  grant delete, insert, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

table follow_up_course
  workspace_id uuid not null
  submission_id uuid not null
  launch_id uuid not null
  n smallint not null default 1
  after_id uuid not null
  due_at timestamp with time zone
  look_at timestamp with time zone
  state text not null default 'waiting'::text
  why text
  by uuid
  settled_at timestamp with time zone
  constraint follow_up_course_pkey PRIMARY KEY (workspace_id, submission_id)
  constraint follow_up_course_by_fkey FOREIGN KEY (by) REFERENCES person(id)
  constraint follow_up_course_workspace_id_after_id_fkey FOREIGN KEY (workspace_id, after_id) REFERENCES submission(workspace_id, id)
  constraint follow_up_course_workspace_id_launch_id_fkey FOREIGN KEY (workspace_id, launch_id) REFERENCES launch(workspace_id, id)
  constraint follow_up_course_workspace_id_submission_id_fkey FOREIGN KEY (workspace_id, submission_id) REFERENCES submission(workspace_id, id)
  constraint follow_up_course_check CHECK (((state = 'stopped'::text) = (why IS NOT NULL)))
  constraint follow_up_course_check1 CHECK (((state = ANY (ARRAY['done'::text, 'stopped'::text])) = (settled_at IS NOT NULL)))
  constraint follow_up_course_check2 CHECK (((state <> 'reminder'::text) OR (due_at IS NOT NULL)))
  constraint follow_up_course_n_check CHECK (((n >= 1) AND (n <= 4)))
  constraint follow_up_course_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'reminder'::text, 'done'::text, 'stopped'::text])))
  CREATE INDEX follow_up_course_after ON public.follow_up_course USING btree (workspace_id, after_id)
  CREATE INDEX follow_up_course_due ON public.follow_up_course USING btree (look_at) WHERE ((state = 'waiting'::text) AND (look_at IS NOT NULL))
  CREATE INDEX follow_up_course_of_launch ON public.follow_up_course USING btree (workspace_id, launch_id, state)
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  grant delete, insert, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

table follow_up_mail
  workspace_id uuid not null
  course_id uuid not null
  n smallint not null
  submission_id uuid not null
  sent_by uuid
  constraint follow_up_mail_pkey PRIMARY KEY (workspace_id, course_id, n)
  constraint follow_up_mail_workspace_id_submission_id_key UNIQUE (workspace_id, submission_id)
  constraint follow_up_mail_sent_by_fkey FOREIGN KEY (sent_by) REFERENCES person(id)
  constraint follow_up_mail_workspace_id_course_id_fkey FOREIGN KEY (workspace_id, course_id) REFERENCES follow_up_course(workspace_id, submission_id)
  constraint follow_up_mail_workspace_id_submission_id_fkey FOREIGN KEY (workspace_id, submission_id) REFERENCES submission(workspace_id, id)
  constraint follow_up_mail_n_check CHECK (((n >= 1) AND (n <= 3)))
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  grant delete, insert, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

table launch
  workspace_id uuid not null
  id uuid not null
  campaign_id uuid
  key text not null
  wish bytea not null
  queued integer not null default 0
  left_out integer not null default 0
  created_by uuid not null
  created_at timestamp with time zone not null default kontor_now()
  kind text
  state text not null default 'done'::text
  why text
  mailbox_id uuid
  set_id uuid
  again boolean not null default false
  versions jsonb not null default '{}'::jsonb
  total integer not null default 0
  constraint launch_pkey PRIMARY KEY (workspace_id, id)
  constraint launch_workspace_id_campaign_id_key_key UNIQUE NULLS NOT DISTINCT (workspace_id, campaign_id, key)
  constraint launch_created_by_fkey FOREIGN KEY (created_by) REFERENCES person(id)
  constraint launch_workspace_id_campaign_id_fkey FOREIGN KEY (workspace_id, campaign_id) REFERENCES campaign(workspace_id, id)
  constraint launch_workspace_id_mailbox_id_fkey FOREIGN KEY (workspace_id, mailbox_id) REFERENCES mailbox(workspace_id, id)
  constraint launch_workspace_id_set_id_fkey FOREIGN KEY (workspace_id, set_id) REFERENCES template_set(workspace_id, id)
  constraint launch_kind_check CHECK ((kind = ANY (ARRAY['invitation'::text, 'bulk'::text])))
  constraint launch_state_check CHECK ((state = ANY (ARRAY['running'::text, 'done'::text, 'stopped'::text])))
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  grant delete, insert, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

table launch_person
  workspace_id uuid not null
  launch_id uuid not null
  n integer not null
  contact_id uuid not null
  member_id uuid
  outcome text
  submission_id uuid
  constraint launch_person_pkey PRIMARY KEY (workspace_id, launch_id, contact_id)
  constraint launch_person_workspace_id_launch_id_fkey FOREIGN KEY (workspace_id, launch_id) REFERENCES launch(workspace_id, id) ON DELETE CASCADE
  constraint launch_person_check CHECK (((outcome = 'queued'::text) = (submission_id IS NOT NULL)))
  CREATE INDEX launch_person_mail ON public.launch_person USING btree (workspace_id, submission_id) WHERE (submission_id IS NOT NULL)
  CREATE INDEX launch_person_open ON public.launch_person USING btree (workspace_id, launch_id, n) WHERE (outcome IS NULL)
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  grant delete, insert, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

table ledger_entry partition by RANGE (id)
  workspace_id uuid not null
  id uuid not null
  mailbox_id uuid not null
  seq bigint not null
  at timestamp with time zone not null
  phase text not null
  call text not null
  purpose text not null
  depth text not null
  touched integer not null default 0
  touched_keys text[] not null default '{}'::text[]
  times integer not null default 1
  outcome text
  previous bytea not null
  hash bytea not null
  constraint ledger_entry_pkey PRIMARY KEY (workspace_id, id)
  constraint ledger_entry_depth_check CHECK ((depth = ANY (ARRAY['nothing'::text, 'identifiers'::text, 'thread_headers'::text, 'content'::text])))
  constraint ledger_entry_phase_check CHECK ((phase = ANY (ARRAY['before'::text, 'after'::text])))
  CREATE INDEX ledger_entry_chain ON ONLY public.ledger_entry USING btree (workspace_id, mailbox_id, seq DESC)
  CREATE INDEX ledger_entry_recent ON ONLY public.ledger_entry USING btree (workspace_id, mailbox_id, at)
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  grant insert, select to kontor_app
  grant delete, insert, select, update to kontor_definer

table ledger_entry_default partition of ledger_entry DEFAULT

table ledger_head
  workspace_id uuid not null
  mailbox_id uuid not null
  seq bigint not null default 0
  hash bytea not null default '\x'::bytea
  id_key text
  poll_hour timestamp with time zone
  polls integer not null default 0
  constraint ledger_head_pkey PRIMARY KEY (workspace_id, mailbox_id)
  constraint ledger_head_workspace_id_mailbox_id_fkey FOREIGN KEY (workspace_id, mailbox_id) REFERENCES mailbox(workspace_id, id)
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  grant delete, insert, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

table letter
  workspace_id uuid not null
  submission_id uuid not null
  html text
  cc text[] not null default '{}'::text[]
  typed jsonb not null
  constraint letter_pkey PRIMARY KEY (workspace_id, submission_id)
  constraint letter_workspace_id_submission_id_fkey FOREIGN KEY (workspace_id, submission_id) REFERENCES submission(workspace_id, id) ON DELETE CASCADE
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  grant delete, insert, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

table letter_file
  workspace_id uuid not null
  submission_id uuid not null
  n integer not null
  upload_id uuid
  filename text not null
  content_type text not null
  size bigint not null
  sha256 bytea not null
  constraint letter_file_pkey PRIMARY KEY (workspace_id, submission_id, n)
  constraint letter_file_workspace_id_sha256_fkey FOREIGN KEY (workspace_id, sha256) REFERENCES blob(workspace_id, sha256)
  constraint letter_file_workspace_id_submission_id_fkey FOREIGN KEY (workspace_id, submission_id) REFERENCES letter(workspace_id, submission_id) ON DELETE CASCADE
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  grant delete, insert, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

table mailbox
  workspace_id uuid not null
  id uuid not null
  grant_id uuid
  endpoint text not null
  provider text not null
  practice boolean not null
  level text not null
  address text not null
  address_key text not null
  owner_id uuid not null
  display_name text not null default ''::text
  signature text not null default ''::text
  sharing text not null default 'team'::text
  health text not null default 'active'::text
  health_reason text
  paused boolean not null default false
  zone text not null
  daily_limit integer not null default 300
  window_from time without time zone not null default '08:00:00'::time without time zone
  window_to time without time zone not null default '20:00:00'::time without time zone
  window_days smallint[] not null default '{1,2,3,4,5,6,7}'::smallint[]
  pace_seconds integer not null default 3
  reserve integer not null default 20
  connected_at timestamp with time zone not null default kontor_now()
  disconnected_at timestamp with time zone
  last_checked_at timestamp with time zone
  finds_changed_subjects boolean not null default false
  signature_html text not null default ''::text
  place text not null default 'own'::text
  constraint mailbox_pkey PRIMARY KEY (workspace_id, id)
  constraint mailbox_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES person(id)
  constraint mailbox_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(workspace_id)
  constraint mailbox_workspace_id_grant_id_fkey FOREIGN KEY (workspace_id, grant_id) REFERENCES oauth_grant(workspace_id, id)
  constraint mailbox_check CHECK ((window_from < window_to))
  constraint mailbox_check1 CHECK (((health = 'disconnected'::text) = (disconnected_at IS NOT NULL)))
  constraint mailbox_daily_limit_check CHECK (((daily_limit >= 1) AND (daily_limit <= 300)))
  constraint mailbox_health_check CHECK ((health = ANY (ARRAY['connecting'::text, 'active'::text, 'waiting_for_admin'::text, 'throttled'::text, 'reconnect_needed'::text, 'paused'::text, 'disconnected'::text])))
  constraint mailbox_level_check CHECK ((level = ANY (ARRAY['full'::text, 'send_only'::text])))
  constraint mailbox_pace_seconds_check CHECK (((pace_seconds >= 0) AND (pace_seconds <= 3600)))
  constraint mailbox_place_check CHECK ((place = ANY (ARRAY['own'::text, 'alias'::text, 'shared'::text])))
  constraint mailbox_provider_check CHECK ((provider = ANY (ARRAY['gmail'::text, 'microsoft'::text, 'imap'::text])))
  constraint mailbox_reserve_check CHECK (((reserve >= 0) AND (reserve <= 300)))
  constraint mailbox_sharing_check CHECK ((sharing = ANY (ARRAY['team'::text, 'team_sees'::text, 'named'::text])))
  CREATE UNIQUE INDEX mailbox_address ON public.mailbox USING btree (workspace_id, address_key) WHERE (disconnected_at IS NULL)
  CREATE INDEX mailbox_address_everywhere ON public.mailbox USING btree (address_key)
  CREATE INDEX mailbox_grant ON public.mailbox USING btree (workspace_id, grant_id) WHERE (disconnected_at IS NULL)
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  grant delete, insert, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

table mailbox_attendance
  workspace_id uuid not null
  mailbox_id uuid not null
  attend_id uuid
  holder integer
  until_at timestamp with time zone
  stands_since timestamp with time zone
  stood_at timestamp with time zone
  try_at timestamp with time zone not null default kontor_now()
  failing_since timestamp with time zone
  off_reason text
  constraint mailbox_attendance_pkey PRIMARY KEY (workspace_id, mailbox_id)
  constraint mailbox_attendance_workspace_id_mailbox_id_fkey FOREIGN KEY (workspace_id, mailbox_id) REFERENCES mailbox(workspace_id, id)
  constraint mailbox_attendance_off_reason_check CHECK ((off_reason = ANY (ARRAY['not_offered'::text, 'refused'::text, 'crowded'::text])))
  CREATE INDEX mailbox_attendance_holder ON public.mailbox_attendance USING btree (holder) WHERE (attend_id IS NOT NULL)
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  grant delete, insert, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

table mailbox_named_member
  workspace_id uuid not null
  mailbox_id uuid not null
  person_id uuid not null
  constraint mailbox_named_member_pkey PRIMARY KEY (workspace_id, mailbox_id, person_id)
  constraint mailbox_named_member_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
  constraint mailbox_named_member_workspace_id_mailbox_id_fkey FOREIGN KEY (workspace_id, mailbox_id) REFERENCES mailbox(workspace_id, id) ON DELETE CASCADE
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  grant delete, insert, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

table mailbox_position
  workspace_id uuid not null
  mailbox_id uuid not null
  cursor text
  checked_at timestamp with time zone
  due_at timestamp with time zone not null default kontor_now()
  pull_id uuid
  pull_until timestamp with time zone
  dirty boolean not null default false
  failing_since timestamp with time zone
  rescan_from timestamp with time zone
  rescan_page text
  rung_at timestamp with time zone
  missed_at timestamp with time zone
  found_at timestamp with time zone
  wait_until timestamp with time zone
  pull_holder integer
  told_at timestamp with time zone
  rescan_to timestamp with time zone
  constraint mailbox_position_pkey PRIMARY KEY (workspace_id, mailbox_id)
  constraint mailbox_position_workspace_id_mailbox_id_fkey FOREIGN KEY (workspace_id, mailbox_id) REFERENCES mailbox(workspace_id, id)
  CREATE INDEX mailbox_position_due ON public.mailbox_position USING btree (due_at)
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  grant delete, insert, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

table mailbox_schedule
  workspace_id uuid not null
  mailbox_id uuid not null
  address_key text not null
  next_at timestamp with time zone
  stopped text
  throttled_until timestamp with time zone not null default '-infinity'::timestamp with time zone
  troubles integer not null default 0
  paced_until timestamp with time zone not null default '-infinity'::timestamp with time zone
  throttled_why text not null default 'provider'::text
  constraint mailbox_schedule_pkey PRIMARY KEY (workspace_id, mailbox_id)
  constraint mailbox_schedule_address_key_fkey FOREIGN KEY (address_key) REFERENCES address_cap(address_key)
  constraint mailbox_schedule_workspace_id_mailbox_id_fkey FOREIGN KEY (workspace_id, mailbox_id) REFERENCES mailbox(workspace_id, id)
  constraint mailbox_schedule_throttled_why_check CHECK ((throttled_why = ANY (ARRAY['provider'::text, 'trouble'::text, 'our_config'::text, 'returned'::text])))
  CREATE INDEX mailbox_schedule_address ON public.mailbox_schedule USING btree (address_key)
  CREATE INDEX mailbox_schedule_due ON public.mailbox_schedule USING btree (next_at) WHERE (next_at IS NOT NULL)
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  grant delete, insert, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

table mailbox_watch
  workspace_id uuid not null
  mailbox_id uuid not null
  endpoint text not null
  handle text
  secret_hash bytea
  until_at timestamp with time zone
  renew_at timestamp with time zone not null default kontor_now()
  failing_since timestamp with time zone
  off_reason text
  constraint mailbox_watch_pkey PRIMARY KEY (workspace_id, mailbox_id)
  constraint mailbox_watch_workspace_id_mailbox_id_fkey FOREIGN KEY (workspace_id, mailbox_id) REFERENCES mailbox(workspace_id, id)
  constraint mailbox_watch_off_reason_check CHECK ((off_reason = ANY (ARRAY['no_public_address'::text, 'not_set_up'::text, 'not_offered'::text, 'refused'::text])))
  CREATE INDEX mailbox_watch_handle ON public.mailbox_watch USING btree (endpoint, handle) WHERE (handle IS NOT NULL)
  CREATE INDEX mailbox_watch_renew ON public.mailbox_watch USING btree (renew_at)
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  grant delete, insert, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

table member
  workspace_id uuid not null
  id uuid not null
  campaign_id uuid not null
  contact_id uuid not null
  state text not null default 'added'::text
  state_at timestamp with time zone not null default kontor_now()
  token text not null
  token_hash bytea not null
  created_at timestamp with time zone not null default kontor_now()
  constraint member_pkey PRIMARY KEY (workspace_id, id)
  constraint member_workspace_id_campaign_id_contact_id_key UNIQUE (workspace_id, campaign_id, contact_id)
  constraint member_workspace_id_campaign_id_fkey FOREIGN KEY (workspace_id, campaign_id) REFERENCES campaign(workspace_id, id)
  constraint member_workspace_id_contact_id_fkey FOREIGN KEY (workspace_id, contact_id) REFERENCES contact(workspace_id, id)
  constraint member_state_check CHECK ((state = ANY (ARRAY['added'::text, 'invited'::text, 'viewed'::text, 'applied'::text, 'approved'::text, 'rejected'::text, 'withdrawn'::text, 'declined'::text])))
  CREATE INDEX member_stage ON public.member USING btree (workspace_id, campaign_id, state, id)
  CREATE UNIQUE INDEX member_token ON public.member USING btree (workspace_id, token_hash)
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  CREATE TRIGGER member_moves BEFORE UPDATE OF state ON public.member FOR EACH ROW WHEN ((old.state IS DISTINCT FROM new.state)) EXECUTE FUNCTION member_transition()
  grant delete, insert, maintain, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

table member_alias
  workspace_id uuid not null
  token_hash bytea not null
  member_id uuid not null
  constraint member_alias_pkey PRIMARY KEY (workspace_id, token_hash)
  constraint member_alias_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES member(workspace_id, id) ON DELETE CASCADE
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  grant delete, insert, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

table membership
  workspace_id uuid not null
  person_id uuid not null
  role text not null
  joined_at timestamp with time zone not null default kontor_now()
  constraint membership_pkey PRIMARY KEY (workspace_id, person_id)
  constraint membership_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
  constraint membership_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(workspace_id)
  constraint membership_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'admin'::text, 'member'::text, 'viewer'::text])))
  CREATE INDEX membership_person ON public.membership USING btree (person_id)
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  grant delete, insert, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

table message
  workspace_id uuid not null
  id uuid not null
  thread_id uuid not null
  mailbox_id uuid not null
  contact_id uuid not null
  campaign_id uuid
  direction text not null
  kind text not null
  message_id text
  in_reply_to text
  reference_ids text[] not null default '{}'::text[]
  from_name text not null default ''::text
  from_address text not null
  to_addresses text[] not null default '{}'::text[]
  subject text not null default ''::text
  text text not null default ''::text
  quoted text not null default ''::text
  html text
  remote_images integer not null default 0
  evidence text[] not null default '{}'::text[]
  answered_from text
  bounce jsonb
  provider_message_id text
  raw_sha256 bytea
  size bigint not null default 0
  submission_id uuid
  author_id uuid
  occurred_at timestamp with time zone not null
  stored_at timestamp with time zone not null default kontor_now()
  sent_copy_due timestamp with time zone
  kind_evidence text[] not null default '{}'::text[]
  complaint jsonb
  erased_at timestamp with time zone
  words tsvector
  over_limit text[] not null default '{}'::text[]
  constraint message_pkey PRIMARY KEY (workspace_id, id)
  constraint message_author_id_fkey FOREIGN KEY (author_id) REFERENCES person(id)
  constraint message_workspace_id_contact_id_fkey FOREIGN KEY (workspace_id, contact_id) REFERENCES contact(workspace_id, id)
  constraint message_workspace_id_mailbox_id_fkey FOREIGN KEY (workspace_id, mailbox_id) REFERENCES mailbox(workspace_id, id)
  constraint message_workspace_id_thread_id_fkey FOREIGN KEY (workspace_id, thread_id) REFERENCES thread(workspace_id, id)
  constraint message_direction_check CHECK ((direction = ANY (ARRAY['in'::text, 'out'::text])))
  constraint message_kind_check CHECK ((kind = ANY (ARRAY['mail'::text, 'reply'::text, 'auto_reply'::text, 'bounce'::text, 'complaint'::text, 'own'::text])))
  CREATE INDEX message_arrived ON public.message USING btree (workspace_id, mailbox_id, occurred_at) INCLUDE (kind, contact_id) WHERE (direction = 'in'::text)
  CREATE INDEX message_of_bytes ON public.message USING btree (workspace_id, raw_sha256) WHERE (raw_sha256 IS NOT NULL)
  CREATE INDEX message_of_contact ON public.message USING btree (workspace_id, contact_id, campaign_id, occurred_at, id)
  CREATE UNIQUE INDEX message_of_provider ON public.message USING btree (workspace_id, mailbox_id, provider_message_id) WHERE (provider_message_id IS NOT NULL)
  CREATE UNIQUE INDEX message_of_submission ON public.message USING btree (workspace_id, submission_id) WHERE (submission_id IS NOT NULL)
  CREATE INDEX message_of_thread ON public.message USING btree (workspace_id, thread_id, occurred_at, id)
  CREATE INDEX message_sent_copy_due ON public.message USING btree (workspace_id, mailbox_id, sent_copy_due) WHERE (sent_copy_due IS NOT NULL)
  CREATE INDEX message_unerased ON public.message USING btree (workspace_id, mailbox_id, id) WHERE (erased_at IS NULL)
  CREATE INDEX message_words ON public.message USING gin (words)
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  CREATE TRIGGER message_words BEFORE INSERT OR UPDATE OF contact_id, subject, text ON public.message FOR EACH ROW EXECUTE FUNCTION message_words()
  grant delete, insert, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

table migration
  name text not null
  sha256 text not null
  applied_at timestamp with time zone not null default CURRENT_TIMESTAMP
  constraint migration_pkey PRIMARY KEY (name)
  grant select to kontor_app

table note
  workspace_id uuid not null
  id uuid not null
  conversation_id uuid not null
  author_id uuid not null
  text text not null
  at timestamp with time zone not null default kontor_now()
  words tsvector
  constraint note_pkey PRIMARY KEY (workspace_id, id)
  constraint note_author_id_fkey FOREIGN KEY (author_id) REFERENCES person(id)
  constraint note_workspace_id_conversation_id_fkey FOREIGN KEY (workspace_id, conversation_id) REFERENCES conversation(workspace_id, id)
  CREATE INDEX note_of ON public.note USING btree (workspace_id, conversation_id, at)
  CREATE INDEX note_words ON public.note USING gin (words)
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  CREATE TRIGGER note_words BEFORE INSERT OR UPDATE OF text ON public.note FOR EACH ROW EXECUTE FUNCTION note_words()
  grant delete, insert, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

table note_mention
  workspace_id uuid not null
  note_id uuid not null
  person_id uuid not null
  constraint note_mention_pkey PRIMARY KEY (workspace_id, note_id, person_id)
  constraint note_mention_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
  constraint note_mention_workspace_id_note_id_fkey FOREIGN KEY (workspace_id, note_id) REFERENCES note(workspace_id, id) ON DELETE CASCADE
  CREATE INDEX note_mention_of ON public.note_mention USING btree (workspace_id, person_id)
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  grant delete, insert, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

table notice
  workspace_id uuid not null
  id uuid not null
  person_id uuid not null
  kind text not null
  subject uuid not null
  facts jsonb not null default '{}'::jsonb
  at timestamp with time zone not null default kontor_now()
  read_at timestamp with time zone
  settled_at timestamp with time zone
  digested_at timestamp with time zone
  constraint notice_pkey PRIMARY KEY (workspace_id, id)
  constraint notice_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
  constraint notice_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(workspace_id)
  constraint notice_kind_check CHECK ((kind = ANY (ARRAY['mailbox_broken'::text, 'in_doubt'::text, 'mention'::text, 'queue_long'::text, 'reply'::text, 'follow_up_due'::text, 'follow_up_by_hand'::text, 'returned'::text])))
  CREATE INDEX notice_list ON public.notice USING btree (workspace_id, person_id, at DESC, id DESC)
  CREATE UNIQUE INDEX notice_open ON public.notice USING btree (workspace_id, person_id, kind, subject) WHERE (settled_at IS NULL)
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  grant delete, insert, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

table notice_choice
  workspace_id uuid not null
  person_id uuid not null
  kind text not null
  shown boolean not null
  digested boolean not null
  constraint notice_choice_pkey PRIMARY KEY (workspace_id, person_id, kind)
  constraint notice_choice_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
  constraint notice_choice_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(workspace_id)
  constraint notice_choice_kind_check CHECK ((kind = ANY (ARRAY['mailbox_broken'::text, 'in_doubt'::text, 'mention'::text, 'queue_long'::text, 'reply'::text, 'follow_up_due'::text, 'follow_up_by_hand'::text, 'returned'::text])))
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  grant delete, insert, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

table oauth_grant
  workspace_id uuid not null
  id uuid not null
  endpoint text not null
  provider text not null
  account_id text not null
  address text not null
  owner_id uuid not null
  level text not null
  may_send boolean not null
  may_read boolean not null
  access_token text
  refresh_token text
  access_expires_at timestamp with time zone
  token_version integer not null default 1
  refresh_lease uuid
  refresh_lease_until timestamp with time zone
  state text not null default 'active'::text
  broken_reason text
  created_at timestamp with time zone not null default kontor_now()
  updated_at timestamp with time zone not null default kontor_now()
  refused_since timestamp with time zone
  refused_at timestamp with time zone
  shared_level text
  refresh_holder integer
  constraint oauth_grant_pkey PRIMARY KEY (workspace_id, id)
  constraint oauth_grant_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES person(id)
  constraint oauth_grant_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(workspace_id)
  constraint oauth_grant_check CHECK (((level = 'full'::text) OR (NOT may_read)))
  constraint oauth_grant_level_check CHECK ((level = ANY (ARRAY['full'::text, 'send_only'::text])))
  constraint oauth_grant_provider_check CHECK ((provider = ANY (ARRAY['gmail'::text, 'microsoft'::text, 'imap'::text])))
  constraint oauth_grant_shared_level_check CHECK ((shared_level = ANY (ARRAY['full'::text, 'send_only'::text])))
  constraint oauth_grant_shared_not_wider CHECK (((level = 'full'::text) OR (shared_level IS DISTINCT FROM 'full'::text)))
  constraint oauth_grant_state_check CHECK ((state = ANY (ARRAY['active'::text, 'broken'::text, 'revoked'::text])))
  CREATE INDEX oauth_grant_account ON public.oauth_grant USING btree (endpoint, lower(address))
  CREATE INDEX oauth_grant_half_given_back ON public.oauth_grant USING btree (updated_at) WHERE ((state = 'revoked'::text) AND ((access_token IS NOT NULL) OR (refresh_token IS NOT NULL)))
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  CREATE TRIGGER grant_lease_ended AFTER UPDATE OF refresh_lease ON public.oauth_grant FOR EACH ROW WHEN (((old.refresh_lease IS NOT NULL) AND (new.refresh_lease IS NULL))) EXECUTE FUNCTION grant_lease_ended()
  grant delete, insert, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

table open_link
  workspace_id uuid not null
  campaign_id uuid not null
  token text not null
  token_hash bytea not null
  open boolean not null default true
  changed_by uuid not null
  changed_at timestamp with time zone not null default kontor_now()
  constraint open_link_pkey PRIMARY KEY (workspace_id, campaign_id)
  constraint open_link_changed_by_fkey FOREIGN KEY (changed_by) REFERENCES person(id)
  constraint open_link_workspace_id_campaign_id_fkey FOREIGN KEY (workspace_id, campaign_id) REFERENCES campaign(workspace_id, id)
  CREATE UNIQUE INDEX open_link_token ON public.open_link USING btree (workspace_id, token_hash)
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  grant delete, insert, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

table outage_report
  workspace_id uuid not null
  id uuid not null
  mailbox_id uuid not null
  from_at timestamp with time zone not null
  to_at timestamp with time zone not null
  recovered integer not null
  complete boolean not null
  reason text
  created_at timestamp with time zone not null default kontor_now()
  set_aside integer not null default 0
  held_by text
  constraint outage_report_pkey PRIMARY KEY (workspace_id, id)
  constraint outage_report_workspace_id_mailbox_id_fkey FOREIGN KEY (workspace_id, mailbox_id) REFERENCES mailbox(workspace_id, id)
  CREATE INDEX outage_report_of ON public.outage_report USING btree (workspace_id, mailbox_id, created_at DESC, id DESC)
  CREATE UNIQUE INDEX outage_report_open ON public.outage_report USING btree (workspace_id, mailbox_id) WHERE (NOT complete)
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  grant delete, insert, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

table person
  id uuid not null
  name text not null
  address text not null
  address_key text not null
  address_verified boolean not null default false
  image text
  language text not null default 'en'::text
  created_at timestamp with time zone not null default CURRENT_TIMESTAMP
  updated_at timestamp with time zone not null default CURRENT_TIMESTAMP
  constraint person_pkey PRIMARY KEY (id)
  constraint person_address_key_key UNIQUE (address_key)
  constraint person_language_check CHECK ((language = ANY (ARRAY['en'::text, 'de'::text])))
  grant delete, insert, select, update to kontor_app

table picture
  workspace_id uuid not null
  id uuid not null
  token text not null
  sha256 bytea not null
  type text not null
  width integer not null
  height integer not null
  created_by uuid not null
  created_at timestamp with time zone not null default kontor_now()
  constraint picture_pkey PRIMARY KEY (workspace_id, id)
  constraint picture_created_by_fkey FOREIGN KEY (created_by) REFERENCES person(id)
  constraint picture_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(workspace_id)
  constraint picture_workspace_id_sha256_fkey FOREIGN KEY (workspace_id, sha256) REFERENCES blob(workspace_id, sha256)
  constraint picture_height_check CHECK ((height > 0))
  constraint picture_type_check CHECK ((type = ANY (ARRAY['image/png'::text, 'image/jpeg'::text, 'image/webp'::text])))
  constraint picture_width_check CHECK ((width > 0))
  CREATE INDEX picture_of_blob ON public.picture USING btree (workspace_id, sha256)
  CREATE UNIQUE INDEX picture_token ON public.picture USING btree (workspace_id, token)
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  grant delete, insert, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

table rate_limit
  id uuid not null
  key text not null
  count integer not null
  last_request bigint not null
  constraint rate_limit_pkey PRIMARY KEY (id)
  constraint rate_limit_key_key UNIQUE (key)
  grant delete, insert, select, update to kontor_app

table reference
  workspace_id uuid not null
  mailbox_id uuid not null
  kind text not null
  value text not null
  thread_id uuid not null
  created_at timestamp with time zone not null default kontor_now()
  constraint reference_pkey PRIMARY KEY (workspace_id, mailbox_id, kind, value)
  constraint reference_workspace_id_thread_id_fkey FOREIGN KEY (workspace_id, thread_id) REFERENCES thread(workspace_id, id)
  constraint reference_kind_check CHECK ((kind = ANY (ARRAY['message-id'::text, 'token'::text, 'provider-thread'::text, 'provider-message'::text])))
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  grant delete, insert, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

table rehearsal
  workspace_id uuid not null
  started_by uuid not null
  language text not null
  state text not null default 'running'::text
  step integer not null default 0
  tries integer not null default 0
  made jsonb not null default '{}'::jsonb
  lease_id uuid
  leased_until timestamp with time zone
  started_at timestamp with time zone not null default kontor_now()
  constraint rehearsal_pkey PRIMARY KEY (workspace_id)
  constraint rehearsal_started_by_fkey FOREIGN KEY (started_by) REFERENCES person(id)
  constraint rehearsal_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(workspace_id)
  constraint rehearsal_check CHECK (((lease_id IS NULL) = (leased_until IS NULL)))
  constraint rehearsal_check1 CHECK (((state = 'running'::text) OR (lease_id IS NULL)))
  constraint rehearsal_language_check CHECK ((language = ANY (ARRAY['en'::text, 'de'::text])))
  constraint rehearsal_state_check CHECK ((state = ANY (ARRAY['running'::text, 'ready'::text, 'stuck'::text])))
  CREATE INDEX rehearsal_running ON public.rehearsal USING btree (started_at) WHERE (state = 'running'::text)
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  grant delete, insert, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

table server_setting
  key text not null
  value jsonb not null
  updated_at timestamp with time zone not null default kontor_now()
  version bigint not null default 1
  constraint server_setting_pkey PRIMARY KEY (key)
  grant delete, insert, select, update to kontor_app

table session
  id uuid not null
  token text not null
  person_id uuid not null
  expires_at timestamp with time zone not null
  ip_address text
  user_agent text
  created_at timestamp with time zone not null default CURRENT_TIMESTAMP
  updated_at timestamp with time zone not null default CURRENT_TIMESTAMP
  constraint session_pkey PRIMARY KEY (id)
  constraint session_token_key UNIQUE (token)
  constraint session_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE
  CREATE INDEX session_person ON public.session USING btree (person_id)
  grant delete, insert, select, update to kontor_app

table set_aside
  workspace_id uuid not null
  mailbox_id uuid not null
  provider_message_id text not null
  provider_thread_id text
  tries integer not null default 1
  failure text not null
  next_at timestamp with time zone
  first_at timestamp with time zone not null default kontor_now()
  settled_at timestamp with time zone
  thread_id uuid
  constraint set_aside_pkey PRIMARY KEY (workspace_id, mailbox_id, provider_message_id)
  constraint set_aside_workspace_id_mailbox_id_fkey FOREIGN KEY (workspace_id, mailbox_id) REFERENCES mailbox(workspace_id, id)
  CREATE INDEX set_aside_of_thread ON public.set_aside USING btree (workspace_id, thread_id) WHERE ((settled_at IS NULL) AND (thread_id IS NOT NULL))
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  grant delete, insert, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

table submission
  workspace_id uuid not null
  id uuid not null
  mailbox_id uuid not null
  key text not null
  kind text not null
  rank smallint not null
  state text not null default 'queued'::text
  reason jsonb
  contact_id uuid
  to_address text not null
  to_key text not null
  to_name text not null default ''::text
  campaign_id uuid
  member_id uuid
  thread_id uuid
  answers_message_id uuid
  template_id uuid
  template_version integer
  subject text
  text text
  author_id uuid
  again_of uuid
  enqueued_at timestamp with time zone not null default kontor_now()
  position_at timestamp with time zone not null
  not_before timestamp with time zone
  lift_at timestamp with time zone
  lease_id uuid
  lease_worker text
  lease_until timestamp with time zone
  call_started_at timestamp with time zone
  charged_from timestamp with time zone
  tries integer not null default 0
  token text
  message_id text
  raw_sha256 bytea
  size bigint not null default 0
  in_doubt_since timestamp with time zone
  look_at timestamp with time zone
  accepted_at timestamp with time zone
  settled_at timestamp with time zone
  exempt boolean not null default false
  looks integer not null default 0
  looked_at timestamp with time zone
  look_found text
  lease_holder integer
  constraint submission_pkey PRIMARY KEY (workspace_id, id)
  constraint submission_workspace_id_key_key UNIQUE (workspace_id, key)
  constraint submission_author_id_fkey FOREIGN KEY (author_id) REFERENCES person(id)
  constraint submission_workspace_id_campaign_id_fkey FOREIGN KEY (workspace_id, campaign_id) REFERENCES campaign(workspace_id, id)
  constraint submission_workspace_id_contact_id_fkey FOREIGN KEY (workspace_id, contact_id) REFERENCES contact(workspace_id, id)
  constraint submission_workspace_id_mailbox_id_fkey FOREIGN KEY (workspace_id, mailbox_id) REFERENCES mailbox(workspace_id, id)
  constraint submission_workspace_id_template_id_template_version_fkey FOREIGN KEY (workspace_id, template_id, template_version) REFERENCES template_version(workspace_id, template_id, version)
  constraint submission_check1 CHECK (((state <> 'leased'::text) OR ((lease_id IS NOT NULL) AND (lease_until IS NOT NULL))))
  constraint submission_check2 CHECK (((state <> 'in_doubt'::text) OR ((call_started_at IS NOT NULL) AND (in_doubt_since IS NOT NULL))))
  constraint submission_check3 CHECK (((state = ANY (ARRAY['accepted'::text, 'failed'::text, 'cancelled'::text, 'suppressed'::text])) = (settled_at IS NOT NULL)))
  constraint submission_check4 CHECK (((state = 'accepted'::text) = (accepted_at IS NOT NULL)))
  constraint submission_check5 CHECK (((contact_id IS NOT NULL) OR ((kind = 'direct'::text) AND (campaign_id IS NULL))))
  constraint submission_kind_check CHECK ((kind = ANY (ARRAY['direct'::text, 'invitation'::text, 'approval'::text, 'bulk'::text, 'rejection'::text]))) NOT ENFORCED
  constraint submission_look_found_check CHECK ((look_found = ANY (ARRAY['nothing_yet'::text, 'unreachable'::text])))
  constraint submission_rank_check CHECK (((rank >= 0) AND (kind = split_part('direct invitation approval bulk rejection'::text, ' '::text, (rank + 1)))))
  constraint submission_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'leased'::text, 'accepted'::text, 'failed'::text, 'in_doubt'::text, 'held'::text, 'cancelled'::text, 'suppressed'::text]))) NOT ENFORCED
  CREATE INDEX submission_accepted ON public.submission USING btree (workspace_id, mailbox_id, accepted_at) WHERE (state = 'accepted'::text)
  CREATE INDEX submission_charged ON public.submission USING btree (workspace_id, mailbox_id, charged_from) WHERE (charged_from IS NOT NULL)
  CREATE INDEX submission_exempt ON public.submission USING btree (workspace_id, mailbox_id, rank, position_at, id) WHERE ((state = 'queued'::text) AND exempt)
  CREATE INDEX submission_held_campaign ON public.submission USING btree (workspace_id, campaign_id) WHERE ((state = 'held'::text) AND (campaign_id IS NOT NULL))
  CREATE INDEX submission_held_contact ON public.submission USING btree (workspace_id, contact_id) WHERE (state = 'held'::text)
  CREATE INDEX submission_in_flight ON public.submission USING btree (workspace_id, mailbox_id) WHERE (state = 'leased'::text)
  CREATE INDEX submission_later ON public.submission USING btree (workspace_id, mailbox_id, not_before) WHERE ((state = 'queued'::text) AND (not_before IS NOT NULL))
  CREATE INDEX submission_lifted ON public.submission USING btree (workspace_id, mailbox_id, lift_at, rank, position_at, id) WHERE ((state = 'queued'::text) AND (lift_at IS NOT NULL))
  CREATE INDEX submission_of_contact ON public.submission USING btree (workspace_id, contact_id, campaign_id)
  CREATE INDEX submission_of_member ON public.submission USING btree (workspace_id, member_id) WHERE (member_id IS NOT NULL)
  CREATE INDEX submission_open ON public.submission USING btree (workspace_id, state, mailbox_id) WHERE (state = ANY (ARRAY['queued'::text, 'held'::text, 'in_doubt'::text]))
  CREATE INDEX submission_past ON public.submission USING btree (workspace_id, settled_at DESC, id DESC) WHERE (settled_at IS NOT NULL)
  CREATE INDEX submission_raw ON public.submission USING btree (workspace_id, raw_sha256) WHERE (raw_sha256 IS NOT NULL)
  CREATE INDEX submission_ready ON public.submission USING btree (workspace_id, mailbox_id, rank, position_at, id) INCLUDE (not_before) WHERE (state = 'queued'::text)
  CREATE INDEX submission_repeats ON public.submission USING btree (workspace_id, again_of) WHERE (again_of IS NOT NULL)
  CREATE INDEX submission_to_look_for ON public.submission USING btree (look_at) WHERE (state = 'in_doubt'::text)
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  CREATE TRIGGER letter_erased AFTER UPDATE OF text, raw_sha256 ON public.submission FOR EACH ROW WHEN ((((old.text IS NOT NULL) AND (old.text <> ''::text) AND (COALESCE(new.text, ''::text) = ''::text)) OR ((old.raw_sha256 IS NOT NULL) AND (new.raw_sha256 IS NULL)))) EXECUTE FUNCTION letter_erased()
  CREATE TRIGGER submission_moves BEFORE UPDATE OF state ON public.submission FOR EACH ROW WHEN ((old.state IS DISTINCT FROM new.state)) EXECUTE FUNCTION submission_transition()
  CREATE TRIGGER submissions_begin AFTER INSERT ON public.submission REFERENCING NEW TABLE AS begun FOR EACH STATEMENT EXECUTE FUNCTION submissions_begin()
  grant delete, insert, maintain, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

table suggestion
  workspace_id uuid not null
  id uuid not null
  message_id uuid not null
  contact_id uuid not null
  campaign_id uuid
  kind text not null
  evidence text not null
  state text not null default 'open'::text
  decided_by uuid
  decided_at timestamp with time zone
  created_at timestamp with time zone not null default kontor_now()
  constraint suggestion_pkey PRIMARY KEY (workspace_id, id)
  constraint suggestion_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES person(id)
  constraint suggestion_workspace_id_contact_id_fkey FOREIGN KEY (workspace_id, contact_id) REFERENCES contact(workspace_id, id)
  constraint suggestion_workspace_id_message_id_fkey FOREIGN KEY (workspace_id, message_id) REFERENCES message(workspace_id, id)
  constraint suggestion_check CHECK (((state = 'open'::text) = (decided_at IS NULL)))
  constraint suggestion_kind_check CHECK ((kind = 'declined'::text))
  constraint suggestion_state_check CHECK ((state = ANY (ARRAY['open'::text, 'accepted'::text, 'dismissed'::text])))
  CREATE UNIQUE INDEX suggestion_of_message ON public.suggestion USING btree (workspace_id, message_id, kind)
  CREATE INDEX suggestion_open ON public.suggestion USING btree (workspace_id, contact_id, campaign_id) WHERE (state = 'open'::text)
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  grant delete, insert, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

table suppression
  workspace_id uuid not null
  address_key text not null
  reason text not null
  evidence text not null default ''::text
  since timestamp with time zone not null default kontor_now()
  constraint suppression_pkey PRIMARY KEY (workspace_id, address_key)
  constraint suppression_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(workspace_id)
  constraint suppression_reason_check CHECK ((reason = ANY (ARRAY['bounce'::text, 'complaint'::text, 'unsubscribed'::text, 'by_person'::text])))
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  grant delete, insert, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

table template
  workspace_id uuid not null
  id uuid not null
  campaign_id uuid
  kind text not null
  language text not null
  version integer not null default 1
  set_id uuid
  constraint template_pkey PRIMARY KEY (workspace_id, id)
  constraint template_workspace_id_campaign_id_fkey FOREIGN KEY (workspace_id, campaign_id) REFERENCES campaign(workspace_id, id)
  constraint template_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(workspace_id)
  constraint template_workspace_id_set_id_fkey FOREIGN KEY (workspace_id, set_id) REFERENCES template_set(workspace_id, id)
  constraint template_kind_check CHECK ((kind = ANY (ARRAY['direct'::text, 'invitation'::text, 'approval'::text, 'bulk'::text, 'rejection'::text])))
  constraint template_language_check CHECK ((language = ANY (ARRAY['en'::text, 'de'::text])))
  CREATE UNIQUE INDEX template_of_campaign ON public.template USING btree (workspace_id, campaign_id, kind, language)
  CREATE UNIQUE INDEX template_of_set ON public.template USING btree (workspace_id, set_id, language) WHERE (set_id IS NOT NULL)
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  grant delete, insert, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

table template_set
  workspace_id uuid not null
  id uuid not null
  name text not null default ''::text
  kind text not null default 'bulk'::text
  text_key bytea
  created_by uuid
  created_at timestamp with time zone not null default kontor_now()
  archived_at timestamp with time zone
  constraint template_set_pkey PRIMARY KEY (workspace_id, id)
  constraint template_set_created_by_fkey FOREIGN KEY (created_by) REFERENCES person(id)
  constraint template_set_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(workspace_id)
  constraint template_set_kind_check CHECK ((kind = ANY (ARRAY['direct'::text, 'invitation'::text, 'approval'::text, 'bulk'::text, 'rejection'::text])))
  CREATE UNIQUE INDEX template_set_text ON public.template_set USING btree (workspace_id, text_key) WHERE (text_key IS NOT NULL)
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  grant delete, insert, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

table template_version
  workspace_id uuid not null
  template_id uuid not null
  version integer not null
  subject text not null
  body text not null
  author_id uuid
  created_at timestamp with time zone not null default kontor_now()
  constraint template_version_pkey PRIMARY KEY (workspace_id, template_id, version)
  constraint template_version_author_id_fkey FOREIGN KEY (author_id) REFERENCES person(id)
  constraint template_version_workspace_id_template_id_fkey FOREIGN KEY (workspace_id, template_id) REFERENCES template(workspace_id, id)
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  grant insert, select to kontor_app
  grant delete, insert, select, update to kontor_definer

table template_version_file
  workspace_id uuid not null
  template_id uuid not null
  version integer not null
  n integer not null
  filename text not null
  content_type text not null
  size bigint not null
  sha256 bytea not null
  constraint template_version_file_pkey PRIMARY KEY (workspace_id, template_id, version, n)
  constraint template_version_file_workspace_id_sha256_fkey FOREIGN KEY (workspace_id, sha256) REFERENCES blob(workspace_id, sha256)
  constraint template_version_file_workspace_id_template_id_version_fkey FOREIGN KEY (workspace_id, template_id, version) REFERENCES template_version(workspace_id, template_id, version)
  CREATE INDEX template_version_file_of_blob ON public.template_version_file USING btree (workspace_id, sha256)
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  grant insert, select to kontor_app
  grant delete, insert, select, update to kontor_definer

table thread
  workspace_id uuid not null
  id uuid not null
  mailbox_id uuid not null
  contact_id uuid not null
  campaign_id uuid
  token text not null
  provider_thread_id text
  subject text not null
  created_at timestamp with time zone not null default kontor_now()
  constraint thread_pkey PRIMARY KEY (workspace_id, id)
  constraint thread_workspace_id_campaign_id_fkey FOREIGN KEY (workspace_id, campaign_id) REFERENCES campaign(workspace_id, id)
  constraint thread_workspace_id_contact_id_fkey FOREIGN KEY (workspace_id, contact_id) REFERENCES contact(workspace_id, id)
  constraint thread_workspace_id_mailbox_id_fkey FOREIGN KEY (workspace_id, mailbox_id) REFERENCES mailbox(workspace_id, id)
  CREATE INDEX thread_of_contact ON public.thread USING btree (workspace_id, contact_id, campaign_id, mailbox_id, created_at)
  CREATE INDEX thread_of_provider ON public.thread USING btree (workspace_id, mailbox_id, provider_thread_id) WHERE (provider_thread_id IS NOT NULL)
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  grant delete, insert, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

table unmatched_identifier
  workspace_id uuid not null
  mailbox_id uuid not null
  provider_message_id text not null
  provider_thread_id text
  seen_at timestamp with time zone not null default kontor_now()
  judged boolean not null default false
  headers_seen boolean not null default false
  constraint unmatched_identifier_pkey PRIMARY KEY (workspace_id, mailbox_id, provider_message_id)
  constraint unmatched_identifier_workspace_id_mailbox_id_fkey FOREIGN KEY (workspace_id, mailbox_id) REFERENCES mailbox(workspace_id, id)
  CREATE INDEX unmatched_identifier_seen ON public.unmatched_identifier USING btree (workspace_id, mailbox_id, seen_at)
  CREATE INDEX unmatched_identifier_thread ON public.unmatched_identifier USING btree (workspace_id, mailbox_id, provider_thread_id)
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  grant delete, insert, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

table upload
  workspace_id uuid not null
  id uuid not null
  filename text not null
  content_type text not null
  size bigint not null
  sha256 bytea
  uploaded_by uuid not null
  created_at timestamp with time zone not null default kontor_now()
  constraint upload_pkey PRIMARY KEY (workspace_id, id)
  constraint upload_uploaded_by_fkey FOREIGN KEY (uploaded_by) REFERENCES person(id)
  constraint upload_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(workspace_id)
  constraint upload_workspace_id_sha256_fkey FOREIGN KEY (workspace_id, sha256) REFERENCES blob(workspace_id, sha256)
  constraint upload_size_check CHECK ((size > 0))
  CREATE INDEX upload_old ON public.upload USING btree (created_at)
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  grant delete, insert, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

table upload_piece
  workspace_id uuid not null
  upload_id uuid not null
  n integer not null
  content bytea not null
  constraint upload_piece_pkey PRIMARY KEY (workspace_id, upload_id, n)
  constraint upload_piece_workspace_id_upload_id_fkey FOREIGN KEY (workspace_id, upload_id) REFERENCES upload(workspace_id, id) ON DELETE CASCADE
  constraint upload_piece_content_check CHECK ((octet_length(content) <= 262144))
  constraint upload_piece_n_check CHECK ((n >= 0))
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  grant delete, insert, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

table verification
  id uuid not null
  identifier text not null
  value text not null
  expires_at timestamp with time zone not null
  created_at timestamp with time zone not null default CURRENT_TIMESTAMP
  updated_at timestamp with time zone not null default CURRENT_TIMESTAMP
  constraint verification_pkey PRIMARY KEY (id)
  grant delete, insert, select, update to kontor_app

table waiting_decision
  workspace_id uuid not null
  mailbox_id uuid not null
  choice text not null
  reassign_to uuid
  state text not null default 'running'::text
  stopped_why text
  total integer not null
  done integer not null default 0
  decided_at timestamp with time zone not null default kontor_now()
  run integer not null default 1
  constraint waiting_decision_pkey PRIMARY KEY (workspace_id, mailbox_id)
  constraint waiting_decision_workspace_id_mailbox_id_fkey FOREIGN KEY (workspace_id, mailbox_id) REFERENCES mailbox(workspace_id, id)
  constraint waiting_decision_workspace_id_reassign_to_fkey FOREIGN KEY (workspace_id, reassign_to) REFERENCES mailbox(workspace_id, id)
  constraint waiting_decision_check CHECK (((choice = 'reassign'::text) = (reassign_to IS NOT NULL)))
  constraint waiting_decision_check1 CHECK (((stopped_why = ANY (ARRAY['by_person'::text, 'reassign_target'::text])) AND ((state = 'stopped'::text) = (stopped_why IS NOT NULL))))
  constraint waiting_decision_choice_check CHECK ((choice = ANY (ARRAY['hold'::text, 'cancel'::text, 'reassign'::text])))
  constraint waiting_decision_done_check CHECK ((done >= 0))
  constraint waiting_decision_run_check CHECK ((run >= 1))
  constraint waiting_decision_state_check CHECK ((state = ANY (ARRAY['running'::text, 'stopped'::text, 'done'::text])))
  constraint waiting_decision_total_check CHECK ((total >= 0))
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  grant delete, insert, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

table workspace
  workspace_id uuid not null
  name text not null
  mode text not null default 'undecided'::text
  language text not null default 'en'::text
  zone text not null
  created_at timestamp with time zone not null default kontor_now()
  constraint workspace_pkey PRIMARY KEY (workspace_id)
  constraint workspace_language_check CHECK ((language = ANY (ARRAY['en'::text, 'de'::text])))
  constraint workspace_mode_check CHECK ((mode = ANY (ARRAY['undecided'::text, 'practice'::text, 'real'::text])))
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  grant delete, insert, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

table workspace_invitation
  workspace_id uuid not null
  id uuid not null
  token_hash bytea not null
  role text not null
  invited_by uuid not null
  created_at timestamp with time zone not null default kontor_now()
  expires_at timestamp with time zone not null
  accepted_at timestamp with time zone
  accepted_by uuid
  revoked_at timestamp with time zone
  constraint workspace_invitation_pkey PRIMARY KEY (workspace_id, id)
  constraint workspace_invitation_accepted_by_fkey FOREIGN KEY (accepted_by) REFERENCES person(id)
  constraint workspace_invitation_invited_by_fkey FOREIGN KEY (invited_by) REFERENCES person(id)
  constraint workspace_invitation_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(workspace_id)
  constraint workspace_invitation_role_check CHECK ((role = ANY (ARRAY['admin'::text, 'member'::text, 'viewer'::text])))
  CREATE UNIQUE INDEX workspace_invitation_token ON public.workspace_invitation USING btree (workspace_id, token_hash)
  row level security, forced
  policy across for all to kontor_definer using (true) with check (true)
  policy wall for all to kontor_app using ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace))) with check ((workspace_id = ( SELECT kontor_workspace() AS kontor_workspace)))
  grant delete, insert, select, update to kontor_app
  grant delete, insert, select, update to kontor_definer

CREATE OR REPLACE FUNCTION public.blob_release(p_workspace uuid, p_sha256 bytea)
 RETURNS boolean
 LANGUAGE plpgsql
AS $function$
begin
  if exists (select from message where workspace_id = p_workspace and raw_sha256 = p_sha256)
    or exists (select from submission where workspace_id = p_workspace and raw_sha256 = p_sha256) then
    return false;
  end if;
  delete from blob where workspace_id = p_workspace and sha256 = p_sha256;
  return found;
exception when foreign_key_violation then
  return false;
end $function$
-- owner kontor_owner; may be called by public

CREATE OR REPLACE FUNCTION public.cap_charge(p_key text, p_lease uuid, p_day_starts timestamp with time zone, p_day_ends timestamp with time zone)
 RETURNS timestamp with time zone
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  cap address_cap;
  v_now timestamptz := kontor_now();
begin
  select a.* into strict cap from address_cap a where a.address_key = p_key for no key update;
  if cap.day_ends_at <= v_now then
    select count(*), count(*) filter (where y.rank = 0) into cap.used, cap.used_direct
      from mailbox_schedule z join submission y on y.workspace_id = z.workspace_id and y.mailbox_id = z.mailbox_id
      where z.address_key = p_key and y.state = 'leased';
    update submission x set charged_from = p_day_starts
      where (x.workspace_id, x.id) in (select y.workspace_id, y.id from mailbox_schedule z
        join submission y on y.workspace_id = z.workspace_id and y.mailbox_id = z.mailbox_id
        where z.address_key = p_key and y.state = 'leased' for no key update of y skip locked);
    update address_cap a set day_starts_at = p_day_starts, day_ends_at = p_day_ends, base_ends_at = p_day_ends,
        used = cap.used, used_direct = cap.used_direct
      where a.address_key = p_key;
    cap.day_starts_at := p_day_starts;
  end if;
  if cap.used >= cap.owner_limit or cap.rolling_limit <=
      (select count(*) from address_charge x where x.address_key = p_key and x.at > v_now - interval '24 hours') then
    return null;
  end if;
  update address_cap a set used = a.used + 1, used_direct = a.used_direct + 1 where a.address_key = p_key;
  insert into address_charge (address_key, lease_id, at) select p_key, p_lease, v_now where cap.rolling_limit is not null;
  return cap.day_starts_at;
end $function$
-- owner kontor_definer; may be called by public

CREATE OR REPLACE FUNCTION public.cap_join(p_key text, p_zone text, p_limit integer, p_rolling integer, p_day_starts timestamp with time zone, p_day_ends timestamp with time zone)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  v_zone text;
begin
  insert into address_cap (address_key, zone, owner_limit, rolling_limit, day_starts_at, day_ends_at, base_ends_at)
    values (p_key, p_zone, p_limit, p_rolling, p_day_starts, p_day_ends, p_day_ends) on conflict (address_key) do nothing;
  perform 1 from address_cap where address_key = p_key for no key update;
  update address_cap c set rolling_limit = p_rolling, owner_limit = coalesce(
    (select min(m.daily_limit) from mailbox m where m.address_key = p_key and m.disconnected_at is null), p_limit)
  where c.address_key = p_key;
  select m.zone into v_zone from mailbox m where m.address_key = p_key and m.disconnected_at is null
    order by m.connected_at, m.id limit 1;
  return coalesce(v_zone, p_zone);
end $function$
-- owner kontor_definer; may be called by public

CREATE OR REPLACE FUNCTION public.cap_move_zone(p_key text, p_zone text, p_expected_end timestamp with time zone, p_new_end timestamp with time zone)
 RETURNS boolean
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  with moved as (
    update address_cap set zone = p_zone, day_ends_at = p_new_end
    where address_key = p_key and day_ends_at = p_expected_end and (p_new_end = p_expected_end or p_new_end >= base_ends_at) returning 1)
  select exists (select 1 from moved)
$function$
-- owner kontor_definer; may be called by public

CREATE OR REPLACE FUNCTION public.cap_of(p_keys text[])
 RETURNS SETOF address_cap
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select c.* from address_cap c where c.address_key = any(p_keys)
    and exists (select 1 from mailbox m where m.address_key = c.address_key and m.workspace_id = (select kontor_workspace()))
$function$
-- owner kontor_definer; may be called by public

CREATE OR REPLACE FUNCTION public.cap_refund(p_key text, p_lease uuid, p_charged_from timestamp with time zone, p_direct boolean)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  update address_cap set used = used - 1, used_direct = used_direct - p_direct::integer
  where address_key = p_key and day_starts_at = p_charged_from and used > 0 and used_direct >= p_direct::integer;
  delete from address_charge where address_key = p_key and lease_id = p_lease;
  update mailbox_schedule set next_at = least(coalesce(next_at, 'infinity'), kontor_now())
  where address_key = p_key and stopped is null;
end $function$
-- owner kontor_definer; may be called by public

CREATE OR REPLACE FUNCTION public.cap_wake(p_key text)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  update mailbox_schedule set next_at = least(coalesce(next_at, 'infinity'), kontor_now())
  where mailbox_id in (select mailbox_id from mailbox_schedule where address_key = p_key order by mailbox_id for no key update)
    and stopped is null
$function$
-- owner kontor_definer; may be called by public

CREATE OR REPLACE FUNCTION public.charge_settled(p_key text, p_lease uuid)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  update address_charge set at = greatest(at, kontor_now()) where address_key = p_key and lease_id = p_lease
$function$
-- owner kontor_definer; may be called by public

CREATE OR REPLACE FUNCTION public.charges_of(p_keys text[])
 RETURNS TABLE(address_key text, at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select x.address_key, x.at from address_charge x
  where x.address_key = any(p_keys) and x.at > kontor_now() - interval '24 hours'
    and exists (select 1 from mailbox m where m.address_key = x.address_key and m.workspace_id = (select kontor_workspace()))
  order by x.at
$function$
-- owner kontor_definer; may be called by public

CREATE OR REPLACE FUNCTION public.contact_merge(p_from uuid, p_into uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  v_order constant text[] := array['added', 'invited', 'viewed', 'declined', 'applied', 'withdrawn', 'rejected', 'approved'];
  v_pair record;
begin
  if p_from = p_into then return false; end if;
  perform 1 from contact where workspace_id = kontor_workspace() and id in (p_from, p_into) and deleted_at is null
    order by id for update;
  if (select count(*) from contact where workspace_id = kontor_workspace() and id in (p_from, p_into) and deleted_at is null) <> 2 then
    return false;
  end if;

  for v_pair in
    select case when array_position(v_order, f.state) > array_position(v_order, i.state) then f.id else i.id end as stays,
           case when array_position(v_order, f.state) > array_position(v_order, i.state) then i.id else f.id end as goes
    from member f join member i on i.workspace_id = f.workspace_id and i.campaign_id = f.campaign_id and i.contact_id = p_into
    where f.workspace_id = kontor_workspace() and f.contact_id = p_from
  loop
    if exists (select from application where workspace_id = kontor_workspace() and member_id = v_pair.stays and withdrawn_at is null) then
      update application set withdrawn_at = kontor_now()
      where workspace_id = kontor_workspace() and member_id = v_pair.goes and withdrawn_at is null;
    end if;
    update submission set member_id = v_pair.stays where workspace_id = kontor_workspace() and member_id = v_pair.goes;
    update launch_person set member_id = v_pair.stays where workspace_id = kontor_workspace() and member_id = v_pair.goes;
    insert into member_alias (workspace_id, token_hash, member_id)
      select workspace_id, token_hash, v_pair.stays from member where workspace_id = kontor_workspace() and id = v_pair.goes;
    perform move_children('member', v_pair.goes, v_pair.stays);
    delete from member where workspace_id = kontor_workspace() and id = v_pair.goes;
  end loop;

  for v_pair in
    select i.id as stays, f.id as goes from conversation f
      join conversation i on i.workspace_id = f.workspace_id and i.campaign_id is not distinct from f.campaign_id and i.contact_id = p_into
    where f.workspace_id = kontor_workspace() and f.contact_id = p_from
  loop
    perform move_children('conversation', v_pair.goes, v_pair.stays);
    delete from conversation where workspace_id = kontor_workspace() and id = v_pair.goes;
  end loop;

  update contact_address set preferred = false where workspace_id = kontor_workspace() and contact_id = p_from
    and exists (select from contact_address where workspace_id = kontor_workspace() and contact_id = p_into and preferred);
  perform move_children('contact', p_from, p_into);

  update contact i set
    handle = case when i.handle = '' then f.handle else i.handle end,
    other_handles = (select coalesce(jsonb_agg(distinct h), '[]') from jsonb_array_elements(i.other_handles || f.other_handles
      || case when f.handle not in ('', i.handle) and i.handle <> '' then jsonb_build_array(jsonb_build_object('network', '', 'name', f.handle)) else '[]' end) h),
    country = case when i.country = '' then f.country else i.country end,
    zone = case when i.zone = '' then f.zone else i.zone end,
    tags = array(select distinct t from unnest(i.tags || f.tags) t order by t),
    notes = left(concat_ws(E'\n\n', nullif(i.notes, ''), nullif(f.notes, '')), 10000),
    custom = f.custom || i.custom,
    agent_name = case when i.agent_address = '' then f.agent_name else i.agent_name end,
    agent_cc = case when i.agent_address = '' then f.agent_cc else i.agent_cc end,
    agent_key = case when i.agent_address = '' then f.agent_key else i.agent_key end,
    agent_address = case when i.agent_address = '' then f.agent_address else i.agent_address end,
    basis_at = case when i.basis = 'none' then f.basis_at else i.basis_at end,
    basis_source = case when i.basis = 'none' then f.basis_source else i.basis_source end,
    basis = case when i.basis = 'none' then f.basis else i.basis end,
    do_not_contact = i.do_not_contact or f.do_not_contact,
    paused_until = greatest(i.paused_until, f.paused_until)
  from contact f
  where i.workspace_id = kontor_workspace() and i.id = p_into and f.workspace_id = kontor_workspace() and f.id = p_from;
  update contact set deleted_at = kontor_now(), merged_into = p_into, notes = '', tags = '{}', handle = '', other_handles = '[]',
    custom = '{}', agent_name = '', agent_address = '', agent_key = '', agent_cc = false
  where workspace_id = kontor_workspace() and id = p_from;
  return true;
end $function$
-- owner kontor_definer; may be called by public

CREATE OR REPLACE FUNCTION public.due_attendances(p_endpoints text[], p_limit integer)
 RETURNS TABLE(workspace_id uuid, mailbox_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select p.workspace_id, p.mailbox_id
  from mailbox_position p
    join mailbox m on m.workspace_id = p.workspace_id and m.id = p.mailbox_id
    left join mailbox_attendance a on a.workspace_id = p.workspace_id and a.mailbox_id = p.mailbox_id
  where m.endpoint = any (p_endpoints)
    and m.level = 'full' and m.disconnected_at is null and m.health in ('active', 'paused', 'throttled')
    and (a.mailbox_id is null or (a.attend_id is null and a.try_at <= kontor_now()))
  order by a.try_at nulls first limit p_limit
$function$
-- owner kontor_definer; may be called by public

CREATE OR REPLACE FUNCTION public.due_erasures(p_limit integer)
 RETURNS TABLE(workspace_id uuid, erasure_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select e.workspace_id, e.id from erasure e where e.finished_at is null order by e.asked_at limit p_limit
$function$
-- owner kontor_definer; may be called by public

CREATE OR REPLACE FUNCTION public.due_follow_ups(p_limit integer)
 RETURNS TABLE(workspace_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select distinct d.workspace_id from (
    (select c.workspace_id from follow_up_course c
     where c.state = 'waiting' and c.look_at <= kontor_now() order by c.look_at limit p_limit)
    union all
    (select s.workspace_id from submission s join mailbox m on m.workspace_id = s.workspace_id and m.id = s.mailbox_id
     where s.state = 'held' and s.reason->>'code' = 'answers_unchecked'
       and m.last_checked_at > kontor_now() - interval '1 hour' limit p_limit)) d
$function$
-- owner kontor_definer; may be called by public

CREATE OR REPLACE FUNCTION public.due_pulls(p_limit integer)
 RETURNS TABLE(workspace_id uuid, mailbox_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select p.workspace_id, p.mailbox_id from mailbox_position p join mailbox m on m.workspace_id = p.workspace_id and m.id = p.mailbox_id
  where m.level = 'full' and m.disconnected_at is null
    and (m.health in ('active', 'paused', 'throttled') or m.health_reason = 'sender_refused')
    and p.due_at <= kontor_now() and (p.pull_until is null or p.pull_until <= kontor_now() or not is_present(p.pull_holder))
  order by p.due_at limit p_limit
$function$
-- owner kontor_definer; may be called by public

CREATE OR REPLACE FUNCTION public.due_rehearsals(p_limit integer)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select workspace_id from rehearsal
  where state = 'running' and (leased_until is null or leased_until <= kontor_now())
  order by started_at limit p_limit
$function$
-- owner kontor_definer; may be called by public

CREATE OR REPLACE FUNCTION public.due_snoozes(p_limit integer)
 RETURNS TABLE(workspace_id uuid, conversation_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select c.workspace_id, c.id from conversation c where c.snoozed_until <= kontor_now() order by c.snoozed_until limit p_limit
$function$
-- owner kontor_definer; may be called by public

CREATE OR REPLACE FUNCTION public.due_watches(p_limit integer)
 RETURNS TABLE(workspace_id uuid, mailbox_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select p.workspace_id, p.mailbox_id
  from mailbox_position p
    join mailbox m on m.workspace_id = p.workspace_id and m.id = p.mailbox_id
    left join mailbox_watch w on w.workspace_id = p.workspace_id and w.mailbox_id = p.mailbox_id
  where m.level = 'full' and m.disconnected_at is null
    and (m.health in ('active', 'paused', 'throttled') or m.health_reason = 'sender_refused')
    and (w.mailbox_id is null or w.renew_at <= kontor_now())
  order by w.renew_at nulls first limit p_limit
$function$
-- owner kontor_definer; may be called by public

CREATE OR REPLACE FUNCTION public.every_mailbox()
 RETURNS TABLE(workspace_id uuid, mailbox_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select m.workspace_id, m.id from mailbox m order by m.workspace_id, m.id
$function$
-- owner kontor_definer; may be called by public

CREATE OR REPLACE FUNCTION public.every_workspace()
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select workspace_id from workspace order by 1 $function$
-- owner kontor_definer; may be called by public

CREATE OR REPLACE FUNCTION public.grant_lease_ended()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform pg_notify('kontor_token', new.id::text);
  return null;
end $function$
-- owner kontor_owner; may be called by public

CREATE OR REPLACE FUNCTION public.half_revoked_workspaces(p_limit integer)
 RETURNS TABLE(workspace_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select distinct g.workspace_id from oauth_grant g
  where g.state = 'revoked' and (g.access_token is not null or g.refresh_token is not null) limit p_limit
$function$
-- owner kontor_definer; may be called by public

CREATE OR REPLACE FUNCTION public.is_attended(p_mailbox uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select coalesce((select a.stands_since is not null and a.until_at > kontor_now() and is_present(a.holder)
    from mailbox_attendance a where a.mailbox_id = p_mailbox), false)
$function$
-- owner kontor_owner; may be called by public

CREATE OR REPLACE FUNCTION public.is_present(p_key integer)
 RETURNS boolean
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select p_key is null or exists (select from pg_locks l
    where l.locktype = 'advisory' and l.classid = 27503 and l.objid = p_key::oid and l.objsubid = 2 and l.granted
      and l.database = (select d.oid from pg_database d where d.datname = current_database()))
$function$
-- owner kontor_owner; may be called by public

CREATE OR REPLACE FUNCTION public.keep_attendances(p_holder integer, p_seconds integer)
 RETURNS TABLE(workspace_id uuid, mailbox_id uuid, attend_id uuid)
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  update mailbox_attendance a set until_at = kontor_now() + make_interval(secs => p_seconds)
  from mailbox m
  where a.holder = p_holder and a.attend_id is not null and m.workspace_id = a.workspace_id and m.id = a.mailbox_id
    and m.level = 'full' and m.disconnected_at is null and m.health in ('active', 'paused', 'throttled')
  returning a.workspace_id, a.mailbox_id, a.attend_id
$function$
-- owner kontor_definer; may be called by public

CREATE OR REPLACE FUNCTION public.kontor_now()
 RETURNS timestamp with time zone
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (SELECT (COALESCE(o.stopped_at, statement_timestamp()) + o.value) FROM clock_offset o)
-- owner kontor_owner; may be called by public

CREATE OR REPLACE PROCEDURE public.kontor_raise_wall(IN p_table regclass)
 LANGUAGE plpgsql
AS $procedure$
begin
  execute format('alter table %s enable row level security', p_table);
  execute format('alter table %s force row level security', p_table);
  execute format('create policy wall on %s to kontor_app using (workspace_id = (select kontor_workspace())) with check (workspace_id = (select kontor_workspace()))', p_table);
  execute format('create policy across on %s to kontor_definer using (true) with check (true)', p_table);
  execute format('grant select, insert, update, delete on %s to kontor_app, kontor_definer', p_table);
end $procedure$
-- owner kontor_owner; may be called by public

CREATE OR REPLACE FUNCTION public.kontor_step_clock(p_by interval)
 RETURNS timestamp with time zone
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  update clock_offset set value = value + p_by where steppable;
  if not found then
    raise exception 'the clock of this installation cannot be stepped' using errcode = 'insufficient_privilege';
  end if;
  perform pg_notify('kontor_outbox', ''), pg_notify('kontor_pull', '');
  return (select coalesce(o.stopped_at, statement_timestamp()) + o.value from clock_offset o);
end $function$
-- owner kontor_definer; may be called by public

CREATE OR REPLACE FUNCTION public.kontor_workspace()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (NULLIF(current_setting('kontor.workspace'::text, true), ''::text))::uuid
-- owner kontor_owner; may be called by public

CREATE OR REPLACE FUNCTION public.letter_erased()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  delete from letter where workspace_id = new.workspace_id and submission_id = new.id;
  delete from file_link where workspace_id = new.workspace_id and submission_id = new.id;
  return null;
end $function$
-- owner kontor_owner; may be called by public

CREATE OR REPLACE FUNCTION public.lost_attendances(p_limit integer)
 RETURNS TABLE(workspace_id uuid, mailbox_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select a.workspace_id, a.mailbox_id from mailbox_attendance a
  where a.attend_id is not null
    and (a.until_at <= kontor_now() or a.holder not in (
      select l.objid::integer from pg_locks l
      where l.locktype = 'advisory' and l.classid = 27503 and l.objsubid = 2 and l.granted
        and l.database = (select d.oid from pg_database d where d.datname = current_database())))
  limit p_limit
$function$
-- owner kontor_definer; may be called by public

CREATE OR REPLACE FUNCTION public.mailboxes_at(p_endpoint text, p_address_key text)
 RETURNS TABLE(workspace_id uuid, mailbox_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select m.workspace_id, m.id from mailbox m
  where m.endpoint = p_endpoint and m.address_key = p_address_key and m.level = 'full' and m.disconnected_at is null
  union
  select m.workspace_id, m.id from oauth_grant g join mailbox m on m.workspace_id = g.workspace_id and m.grant_id = g.id
  where g.endpoint = p_endpoint and lower(g.address) = p_address_key and m.place = 'alias' and m.level = 'full'
    and m.disconnected_at is null
$function$
-- owner kontor_definer; may be called by public

CREATE OR REPLACE FUNCTION public.member_transition()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if (old.state, new.state) not in (
    ('added', 'invited'), ('added', 'viewed'), ('added', 'applied'), ('added', 'declined'),
    ('invited', 'viewed'), ('invited', 'applied'), ('invited', 'declined'),
    ('viewed', 'applied'), ('viewed', 'declined'),
    ('applied', 'approved'), ('applied', 'rejected'), ('applied', 'withdrawn'),
    ('approved', 'withdrawn'), ('rejected', 'withdrawn'),
    ('withdrawn', 'applied'), ('declined', 'applied')
  ) then
    raise exception 'a member cannot go from % to %', old.state, new.state using errcode = 'check_violation';
  end if;
  return new;
end $function$
-- owner kontor_owner; may be called by public

CREATE OR REPLACE FUNCTION public.message_words()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  v_name text := (select name from contact where workspace_id = new.workspace_id and id = new.contact_id);
begin
  new.words := search_words(new.workspace_id, concat_ws(' ', v_name, new.subject, new.from_name, new.from_address,
    array_to_string(new.to_addresses, ' '), new.text));
  return new;
end $function$
-- owner kontor_owner; may be called by public

CREATE OR REPLACE FUNCTION public.move_children(p_parent regclass, p_from uuid, p_into uuid)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  v_child record;
  v_row tid;
begin
  for v_child in
    select k.conrelid::regclass as child, a.attname as col
    from pg_constraint k join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[2]
    where k.contype = 'f' and k.confrelid = p_parent and array_length(k.conkey, 1) = 2 and k.conrelid <> p_parent
      and k.conparentid = 0
  loop
    for v_row in execute format('select ctid from %s where workspace_id = kontor_workspace() and %I = $1 for update', v_child.child, v_child.col)
      using p_from
    loop
      begin
        execute format('update %s set %I = $1 where ctid = $2', v_child.child, v_child.col) using p_into, v_row;
      exception when unique_violation then
        execute format('delete from %s where ctid = $1', v_child.child) using v_row;
      end;
    end loop;
  end loop;
end $function$
-- owner kontor_owner; may be called by kontor_definer

CREATE OR REPLACE FUNCTION public.ms_at(p double precision)
 RETURNS timestamp with time zone
 LANGUAGE sql
 STABLE
RETURN ('1970-01-01 00:00:00+00'::timestamp with time zone + (p * '00:00:00.001'::interval))
-- owner kontor_owner; may be called by public

CREATE OR REPLACE FUNCTION public.ms_from(p timestamp with time zone)
 RETURNS double precision
 LANGUAGE sql
 STABLE
RETURN CASE WHEN (p = '-infinity'::timestamp with time zone) THEN NULL::double precision ELSE (ceil((EXTRACT(epoch FROM p) * (1000)::numeric)))::double precision END
-- owner kontor_owner; may be called by public

CREATE OR REPLACE FUNCTION public.note_words()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  new.words := search_words(new.workspace_id, new.text);
  return new;
end $function$
-- owner kontor_owner; may be called by public

CREATE OR REPLACE FUNCTION public.outbox_due(p_mailboxes integer)
 RETURNS TABLE(facts jsonb)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
 SET plan_cache_mode TO 'force_generic_plan'
 SET enable_hashjoin TO 'off'
 SET enable_mergejoin TO 'off'
 SET enable_seqscan TO 'off'
AS $function$
declare
  v_now timestamptz := date_trunc('milliseconds', kontor_now());
  v_workspaces uuid[];
  v_mailboxes uuid[];
begin
  with due as (
    select x.workspace_id, x.mailbox_id, x.address_key, x.next_at from mailbox_schedule x
    where x.next_at <= v_now order by x.next_at limit p_mailboxes * 4),
  first as (select distinct on (address_key) * from due order by address_key, next_at),
  capped as materialized (
    select d.* from first d join address_cap a on a.address_key = d.address_key
    order by d.next_at limit p_mailboxes for no key update of a skip locked)
  select array_agg(workspace_id order by next_at), array_agg(mailbox_id order by next_at) into v_workspaces, v_mailboxes from capped;
  if v_mailboxes is null then return; end if;

  with held as materialized (
    select x.workspace_id, x.mailbox_id, d.n from unnest(v_workspaces, v_mailboxes) with ordinality as d(workspace_id, mailbox_id, n)
      join mailbox_schedule x on x.workspace_id = d.workspace_id and x.mailbox_id = d.mailbox_id
    where x.next_at <= v_now order by d.n for no key update of x skip locked)
  select array_agg(workspace_id order by n), array_agg(mailbox_id order by n) into v_workspaces, v_mailboxes from held;
  if v_mailboxes is null then return; end if;

  return query
  select jsonb_build_object(
    'now', ms_from(v_now), 'workspaceId', s.workspace_id, 'mailboxId', s.mailbox_id, 'addressKey', s.address_key,
    'stopped', s.stopped, 'throttledUntil', ms_from(s.throttled_until), 'pacedUntil', ms_from(s.paced_until),
    'zone', m.zone, 'windowFrom', m.window_from, 'windowTo', m.window_to, 'windowDays', m.window_days,
    'paceSeconds', m.pace_seconds, 'reserve', m.reserve,
    'capZone', cap.zone, 'limit', cap.owner_limit, 'dayEndsAt', ms_from(cap.day_ends_at),
    'used', cap.used, 'usedDirect', cap.used_direct, 'rollingLimit', cap.rolling_limit,
    'rolling', case when cap.rolling_limit is null then '[]'::jsonb else
      (select coalesce(jsonb_agg(ms_from(x.at) order by x.at), '[]') from address_charge x
        where x.address_key = cap.address_key and x.at > v_now - interval '24 hours') end,
    'flying', f.all_kinds, 'flyingDirect', f.direct,
    'busyUntil', b.any_kind, 'directBusyUntil', b.direct,
    'direct', (select x.id from submission x where x.workspace_id = s.workspace_id and x.mailbox_id = s.mailbox_id
      and x.state = 'queued' and x.rank = 0 and (x.not_before is null or x.not_before <= v_now) order by x.position_at, x.id limit 1),
    'lifted', (select x.id from submission x where x.workspace_id = s.workspace_id and x.mailbox_id = s.mailbox_id
      and x.state = 'queued' and x.rank > 0 and x.lift_at <= v_now and (x.not_before is null or x.not_before <= v_now)
      order by x.lift_at, x.rank, x.position_at, x.id limit 1),
    'exempt', (select x.id from submission x where x.workspace_id = s.workspace_id and x.mailbox_id = s.mailbox_id
      and x.state = 'queued' and x.exempt and x.rank > 0 and (x.not_before is null or x.not_before <= v_now)
      order by x.rank, x.position_at, x.id limit 1),
    'ranked', (select x.id from submission x where x.workspace_id = s.workspace_id and x.mailbox_id = s.mailbox_id
      and x.state = 'queued' and x.rank > 0 and (x.not_before is null or x.not_before <= v_now)
      order by x.rank, x.position_at, x.id limit 1),
    'directDue', (select ms_from(x.not_before) from submission x where x.workspace_id = s.workspace_id and x.mailbox_id = s.mailbox_id
      and x.state = 'queued' and x.rank = 0 and x.not_before > v_now order by x.not_before limit 1),
    'rankedDue', (select ms_from(x.not_before) from submission x where x.workspace_id = s.workspace_id and x.mailbox_id = s.mailbox_id
      and x.state = 'queued' and x.rank > 0 and x.not_before > v_now order by x.not_before limit 1))
  from unnest(v_workspaces, v_mailboxes) with ordinality as d(workspace_id, mailbox_id, n)
    join mailbox_schedule s on s.workspace_id = d.workspace_id and s.mailbox_id = d.mailbox_id
    join mailbox m on m.workspace_id = s.workspace_id and m.id = s.mailbox_id
    join address_cap cap on cap.address_key = s.address_key,
    lateral (select ms_from(max(x.lease_until)) as any_kind, ms_from(max(x.lease_until) filter (where x.rank = 0)) as direct
      from submission x where x.workspace_id = s.workspace_id and x.mailbox_id = s.mailbox_id and x.state = 'leased') b,
    lateral (select count(*) as all_kinds, count(*) filter (where x.rank = 0) as direct
      from mailbox_schedule y join submission x on x.workspace_id = y.workspace_id and x.mailbox_id = y.mailbox_id
      where y.address_key = cap.address_key and x.state = 'leased' and v_now >= cap.day_ends_at) f
  order by d.n;
end $function$
-- owner kontor_definer; may be called by public

CREATE OR REPLACE FUNCTION public.outbox_expired(p_limit integer, p_surely interval)
 RETURNS TABLE(workspace_id uuid, submission_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
 SET enable_seqscan TO 'off'
AS $function$
  with holders as materialized (
    select distinct lease_holder as holder from submission where state = 'leased' and lease_holder is not null),
  gone as materialized (select holder from holders where not is_present(holder))
  select s.workspace_id, s.id from submission s
  where s.state = 'leased' and (s.lease_until <= (select kontor_now())
    or s.lease_until <= (select kontor_now()) + p_surely and s.lease_holder in (select holder from gone))
  order by s.lease_until limit p_limit
$function$
-- owner kontor_definer; may be called by public

CREATE OR REPLACE FUNCTION public.outbox_in_doubt(p_limit integer)
 RETURNS TABLE(workspace_id uuid, submission_id uuid, mailbox_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select s.workspace_id, s.id, s.mailbox_id from submission s join mailbox m on m.workspace_id = s.workspace_id and m.id = s.mailbox_id
  where s.state = 'in_doubt' and s.look_at <= kontor_now() and m.level = 'full' and m.disconnected_at is null
  order by s.look_at limit p_limit
$function$
-- owner kontor_definer; may be called by public

CREATE OR REPLACE FUNCTION public.outbox_next_at()
 RETURNS TABLE(next_at timestamp with time zone, now_at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select (select min(s.next_at) from mailbox_schedule s), kontor_now()
$function$
-- owner kontor_definer; may be called by public

CREATE OR REPLACE FUNCTION public.outbox_take(p_decisions jsonb, p_ttl interval, p_worker text, p_holder integer)
 RETURNS TABLE(workspace_id uuid, submission_id uuid, mailbox_id uuid, lease_id uuid)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
 SET plan_cache_mode TO 'force_generic_plan'
 SET enable_hashjoin TO 'off'
 SET enable_mergejoin TO 'off'
 SET enable_seqscan TO 'off'
AS $function$
#variable_conflict use_column
declare
  d record;
  v_now timestamptz;
begin
  perform set_config('synchronous_commit', 'off', true);

  -- a day begins once: what is on its way is charged to it
  for d in select * from jsonb_to_recordset(p_decisions) as x(now float8, "addressKey" text, day jsonb) where x.day is not null loop
    v_now := ms_at(d.now);
    update address_cap a set day_starts_at = ms_at((d.day->>'startsAt')::float8), day_ends_at = ms_at((d.day->>'endsAt')::float8),
        base_ends_at = ms_at((d.day->>'endsAt')::float8), used = (d.day->>'used')::integer, used_direct = (d.day->>'usedDirect')::integer
      where a.address_key = d."addressKey" and ms_at((d.day->>'startsAt')::float8) >= a.day_ends_at and a.day_ends_at <= v_now;
    if not found then raise exception 'the day of % cannot begin twice', d."addressKey" using errcode = 'check_violation'; end if;
    update submission x set charged_from = ms_at((d.day->>'startsAt')::float8)
      where (x.workspace_id, x.id) in (select y.workspace_id, y.id from mailbox_schedule z
        join submission y on y.workspace_id = z.workspace_id and y.mailbox_id = z.mailbox_id
        where z.address_key = d."addressKey" and y.state = 'leased' for no key update of y skip locked);
    delete from address_charge x where x.address_key = d."addressKey" and x.at <= v_now - interval '24 hours';
  end loop;

  for d in
    with decided as materialized (
      select ms_at(x.now) as now, x."workspaceId" as workspace_id, x."mailboxId" as mailbox_id, x."addressKey" as address_key, x.take,
        ms_at(x."pacedUntil") as paced_until, ms_at(x."nextAt") as next_at, x.n
      from rows from (jsonb_to_recordset(p_decisions) as (now float8, "workspaceId" uuid, "mailboxId" uuid, "addressKey" text,
        take uuid, "pacedUntil" float8, "nextAt" float8)) with ordinality
        as x(now, "workspaceId", "mailboxId", "addressKey", take, "pacedUntil", "nextAt", n)),
    held as materialized (
      select c.*, x.rank from decided c join submission x on x.workspace_id = c.workspace_id and x.id = c.take
      where x.state = 'queued' for no key update of x skip locked),
    charged as (
      update address_cap a set used = a.used + 1, used_direct = a.used_direct + (h.rank = 0)::integer
      from held h where a.address_key = h.address_key and a.used < a.owner_limit and a.day_ends_at > h.now
      returning a.address_key, a.day_starts_at, a.rolling_limit, gen_random_uuid() as lease),
    noted as (
      insert into address_charge (address_key, lease_id, at)
      select h.address_key, c.lease, h.now from held h join charged c on c.address_key = h.address_key where c.rolling_limit is not null),
    taken as (
      update submission x set state = 'leased', reason = null, lease_id = c.lease, lease_worker = p_worker, lease_holder = p_holder,
        lease_until = h.now + p_ttl, call_started_at = null, charged_from = c.day_starts_at
      from held h join charged c on c.address_key = h.address_key
      where x.workspace_id = h.workspace_id and x.id = h.take and x.state = 'queued'),
    -- what somebody else holds is looked at again soon
    timed as (
      update mailbox_schedule x set paced_until = case when lost then x.paced_until else coalesce(c.paced_until, x.paced_until) end,
        next_at = case when lost then c.now + interval '50 milliseconds' else c.next_at end
      from (select o.*, o.take is not null and h.take is null as lost
            from decided o left join held h on h.workspace_id = o.workspace_id and h.mailbox_id = o.mailbox_id) c
      where x.workspace_id = c.workspace_id and x.mailbox_id = c.mailbox_id)
    select h.*, c.lease from held h left join charged c on c.address_key = h.address_key order by h.n
  loop
    if d.lease is null then raise exception 'the allowance of % is used', d.address_key using errcode = 'check_violation'; end if;
    workspace_id := d.workspace_id; submission_id := d.take; mailbox_id := d.mailbox_id; lease_id := d.lease;
    return next;
  end loop;
end $function$
-- owner kontor_definer; may be called by public

CREATE OR REPLACE FUNCTION public.practice_workspace_empty()
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  v_workspace uuid := kontor_workspace();
  v_tables    text[];
  v_table     text;
  v_held      text[];
begin
  perform from workspace where workspace_id = v_workspace and mode = 'practice' for update;
  if not found then
    raise exception 'only a practice workspace can be emptied' using errcode = 'insufficient_privilege';
  end if;
  select array_agg(c.relname::text order by c.relname) into v_tables
  from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'workspace_id'
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    and c.relrowsecurity and c.relname not in ('workspace', 'membership', 'workspace_invitation');
  -- the longest chain of tables that refer to one another, and whoever was writing meanwhile
  for v_round in 1 .. cardinality(v_tables) + 10 loop
    v_held := '{}';
    foreach v_table in array v_tables loop
      begin
        execute format('delete from %I where workspace_id = $1', v_table) using v_workspace;
      exception when foreign_key_violation then
        v_held := v_held || v_table;
      end;
    end loop;
    exit when v_held = '{}';
  end loop;
  if v_held <> '{}' then
    raise exception 'these tables refer to one another in a circle: %', v_held;
  end if;
  update workspace set mode = 'undecided' where workspace_id = v_workspace;
end $function$
-- owner kontor_definer; may be called by public

CREATE OR REPLACE FUNCTION public.read_at(p_endpoint text, p_limit integer)
 RETURNS TABLE(workspace_id uuid, mailbox_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select m.workspace_id, m.id from mailbox m
  where m.endpoint = p_endpoint and m.level = 'full' and m.disconnected_at is null and m.health in ('active', 'paused', 'throttled')
  order by m.connected_at, m.id limit p_limit
$function$
-- owner kontor_definer; may be called by public

CREATE OR REPLACE FUNCTION public.read_together(p_mailbox uuid)
 RETURNS uuid[]
 LANGUAGE sql
 STABLE
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select array_agg(s.id order by s.connected_at, s.id)
  from mailbox m join mailbox s on s.workspace_id = m.workspace_id and (s.id = m.id or
    (s.grant_id = m.grant_id and s.disconnected_at is null and m.place <> 'shared' and s.place <> 'shared'))
  where m.workspace_id = (select kontor_workspace()) and m.id = p_mailbox
$function$
-- owner kontor_owner; may be called by public

CREATE OR REPLACE FUNCTION public.reader_of(p_mailbox uuid)
 RETURNS uuid
 LANGUAGE sql
 STABLE
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select m.id from mailbox m
  where m.workspace_id = (select kontor_workspace()) and m.id = any(read_together(p_mailbox)) and m.disconnected_at is null
  order by m.connected_at, m.id limit 1
$function$
-- owner kontor_owner; may be called by public

CREATE OR REPLACE FUNCTION public.search_conversations(p_text text, p_hidden uuid[], p_limit integer)
 RETURNS SETOF uuid
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  v_workspace uuid := kontor_workspace();
  v_query tsquery := search_query(v_workspace, p_text);
begin
  if v_query is null then return; end if;
  return query
    select c.id from conversation c join (
      select distinct m.contact_id, m.campaign_id from message m
        where m.workspace_id = v_workspace and m.words @@ v_query and m.mailbox_id <> all (p_hidden)
      union select distinct c.contact_id, c.campaign_id from note n
        join conversation c on c.workspace_id = n.workspace_id and c.id = n.conversation_id
        where n.workspace_id = v_workspace and n.words @@ v_query
      union select c.contact_id, c.campaign_id from contact k
        join conversation c on c.workspace_id = k.workspace_id and c.contact_id = k.id
        where k.workspace_id = v_workspace and search_words(k.workspace_id, k.name || ' ' || k.handle) @@ v_query
    ) f on c.workspace_id = v_workspace and c.contact_id = f.contact_id and c.campaign_id is not distinct from f.campaign_id
    order by c.listed_at desc, c.id desc limit p_limit;
end $function$
-- owner kontor_definer; may be called by public

CREATE OR REPLACE FUNCTION public.search_fold(p text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN (octet_length(p) = char_length(p)) THEN (lower((p COLLATE "C")) COLLATE pg_c_utf8) ELSE NORMALIZE(regexp_replace(NORMALIZE(translate(replace(replace(replace(replace(lower((NORMALIZE(p, NFKC) COLLATE pg_c_utf8)), 'ß'::text, 'ss'::text), 'æ'::text, 'ae'::text), 'œ'::text, 'oe'::text), 'þ'::text, 'th'::text), 'øłđðıħ'::text, 'olddih'::text), NFD), '[\u0300-\u036f]'::text, ''::text, 'g'::text), NFC) END
-- owner kontor_owner; may be called by public

CREATE OR REPLACE FUNCTION public.search_pairs(p_run text)
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN ARRAY(SELECT (u.c || COALESCE(lead(u.c) OVER (ORDER BY u.n), ''::text)) FROM unnest(string_to_array(search_pairs.p_run, NULL::text)) WITH ORDINALITY u(c, n))
-- owner kontor_owner; may be called by public

CREATE OR REPLACE FUNCTION public.search_prefix(p_word text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN (quote_literal(p_word) || CASE WHEN (char_length(p_word) > 1) THEN ':*'::text ELSE ''::text END)
-- owner kontor_owner; may be called by public

CREATE OR REPLACE FUNCTION public.search_query(p_workspace uuid, p_text text)
 RETURNS tsquery
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  v_plain text := search_fold(left(p_text, 400));
  v_terms text[] := (search_terms(v_plain))[1:12];
  v_german text[] := (search_terms(search_fold(search_umlaut(left(p_text, 400)))))[1:12];
  v_parts text[] := '{}';
  v_run text;
  v_one text;
begin
  for i in 1 .. cardinality(v_terms) loop
    v_one := search_prefix(v_terms[i]);
    if v_german[i] is not null and v_german[i] <> v_terms[i] then
      v_one := '(' || v_one || ' | ' || search_prefix(v_german[i]) || ')';
    end if;
    v_parts := v_parts || v_one;
  end loop;
  foreach v_run in array (search_runs(v_plain))[1:12] loop
    if char_length(v_run) = 1 then v_parts := v_parts || (quote_literal(v_run) || ':*');
    else
      v_parts := v_parts || array(select quote_literal(p) from unnest(search_pairs(v_run)) p where char_length(p) = 2);
    end if;
  end loop;
  if v_parts = '{}' then return null; end if;
  return (array_to_string(v_parts || quote_literal('@' || p_workspace), ' & '))::tsquery;
end $function$
-- owner kontor_owner; may be called by public

CREATE OR REPLACE FUNCTION public.search_runs(p_folded text)
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN ARRAY(SELECT r.r[1] AS r FROM regexp_matches(search_runs.p_folded, (search_unspaced() || '+'::text), 'g'::text) r(r))
-- owner kontor_owner; may be called by public

CREATE OR REPLACE FUNCTION public.search_terms(p_folded text)
 RETURNS text[]
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  v_gap constant text := U&'\FFFF';
  v_text text := p_folded;
  v_sign text;
  v_terms text[];
begin
  if octet_length(v_text) <> char_length(v_text) then v_text := regexp_replace(v_text, search_unspaced(), ' ', 'g'); end if;
  foreach v_sign in array string_to_array(e' \t\n\r!"#$%&''()*+,-./:;<=>?@[\\]^_`{|}~', null) loop
    v_text := replace(v_text, v_sign, v_gap);
  end loop;
  v_text := regexp_replace(v_text collate pg_c_utf8, '[[:space:][:punct:][:cntrl:]]', v_gap, 'g');
  v_terms := array_remove(string_to_array(v_text, v_gap), '');
  if v_text !~ (('[^' || v_gap || ']{61}') collate pg_c_utf8) then return v_terms; end if;
  return array(select left(u.w, 60) from unnest(v_terms) with ordinality u(w, n) order by u.n);
end $function$
-- owner kontor_owner; may be called by public

CREATE OR REPLACE FUNCTION public.search_umlaut(p text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN replace(replace(replace(lower((NORMALIZE(p, NFKC) COLLATE pg_c_utf8)), 'ä'::text, 'ae'::text), 'ö'::text, 'oe'::text), 'ü'::text, 'ue'::text)
-- owner kontor_owner; may be called by public

CREATE OR REPLACE FUNCTION public.search_unspaced()
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN '[\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3038-\u303b\u3041-\u30fa\u30fc-\u30ff\u3105-\u318f\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff\u0e01-\u0e3e\u0e40-\u0e4e\u0e81-\u0ecd\u1000-\u1049\u1780-\u17d3]'::text
-- owner kontor_owner; may be called by public

CREATE OR REPLACE FUNCTION public.search_words(p_workspace uuid, p_text text)
 RETURNS tsvector
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  v_text text := left(p_text, 100000);
  v_plain text := search_fold(v_text);
  v_german text;
  v_found text[] := search_terms(v_plain);
begin
  if octet_length(v_text) <> char_length(v_text) then
    v_german := search_umlaut(v_text);
    if v_german ~ '(ae|oe|ue)' then
      v_german := search_fold(v_german);
      if v_german <> v_plain then v_found := v_found || search_terms(v_german); end if;
    end if;
    v_found := v_found || array(select p from unnest(search_runs(v_plain)) r, unnest(search_pairs(r)) p);
  end if;
  return array_to_tsvector(v_found || ('@' || p_workspace));
end $function$
-- owner kontor_owner; may be called by public

CREATE OR REPLACE FUNCTION public.stale_uploads(p_before timestamp with time zone, p_limit integer)
 RETURNS TABLE(workspace_id uuid, upload_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select u.workspace_id, u.id from upload u where u.created_at < p_before
    and not exists (select 1 from draft_file d where d.workspace_id = u.workspace_id and d.upload_id = u.id)
  order by u.created_at limit p_limit
$function$
-- owner kontor_definer; may be called by public

CREATE OR REPLACE FUNCTION public.submission_transition()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if (old.state, new.state) not in (
    ('queued', 'leased'), ('queued', 'held'), ('queued', 'cancelled'), ('queued', 'suppressed'),
    ('leased', 'accepted'), ('leased', 'failed'), ('leased', 'in_doubt'), ('leased', 'queued'), ('leased', 'held'), ('leased', 'suppressed'),
    ('held', 'queued'), ('held', 'cancelled'), ('held', 'suppressed'),
    ('in_doubt', 'accepted'), ('in_doubt', 'queued'), ('in_doubt', 'failed')
  ) then
    raise exception 'a submission cannot go from % to %', old.state, new.state using errcode = 'check_violation';
  end if;
  return new;
end $function$
-- owner kontor_owner; may be called by public

CREATE OR REPLACE FUNCTION public.submissions_begin()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  v_state text;
begin
  select state into v_state from begun where state not in ('queued', 'held') limit 1;
  if found then raise exception 'a submission begins queued or held, not %', v_state using errcode = 'check_violation'; end if;
  return null;
end $function$
-- owner kontor_owner; may be called by public

CREATE OR REPLACE FUNCTION public.watch_of_handle(p_endpoint text, p_handle text)
 RETURNS TABLE(workspace_id uuid, mailbox_id uuid, secret_hash bytea)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select w.workspace_id, w.mailbox_id, w.secret_hash from mailbox_watch w
  where w.endpoint = p_endpoint and w.handle = p_handle and w.secret_hash is not null
$function$
-- owner kontor_definer; may be called by public

CREATE OR REPLACE FUNCTION public.workspaces_of(p_person uuid)
 RETURNS TABLE(workspace_id uuid, name text, mode text, language text, zone text, role text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select w.workspace_id, w.name, w.mode, w.language, w.zone, m.role
  from membership m join workspace w using (workspace_id) where m.person_id = p_person order by w.created_at, w.workspace_id
$function$
-- owner kontor_definer; may be called by public
