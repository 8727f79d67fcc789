-- How a workspace shows itself to influencers, and the pictures that anybody who sees a brief may load: logos and the
-- images of briefs. A new campaign begins with the brand of its workspace.
create table picture (
  workspace_id uuid not null references workspace,
  id           uuid not null,
  token        text not null,      -- in its address: opaque, nobody guesses it
  sha256       bytea not null,
  type         text not null check (type in ('image/png', 'image/jpeg', 'image/webp')),
  width        integer not null check (width > 0),
  height       integer not null check (height > 0),
  created_by   uuid not null references person,
  created_at   timestamptz not null default kontor_now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, sha256) references blob
);
create unique index picture_token on picture (workspace_id, token);
create index picture_of_blob on picture (workspace_id, sha256);
call kontor_raise_wall('picture');

create table brand (
  workspace_id uuid primary key references workspace,
  name         text not null default '',
  colour       text not null default '#2A3FC4' check (colour ~ '^#[0-9a-fA-F]{6}$'),
  formality    text not null default 'du' check (formality in ('du', 'sie')),
  logo_id      uuid,
  foreign key (workspace_id, logo_id) references picture
);
create index brand_logo on brand (workspace_id, logo_id) where logo_id is not null;
call kontor_raise_wall('brand');

alter table campaign
  add column logo_id uuid,
  add foreign key (workspace_id, logo_id) references picture;
create index campaign_logo on campaign (workspace_id, logo_id) where logo_id is not null;

-- The images that were brought for a brief; the brief says which of them it shows, and where.
create table brief_image (
  workspace_id uuid not null,
  campaign_id  uuid not null,
  picture_id   uuid not null,
  primary key (workspace_id, campaign_id, picture_id),
  foreign key (workspace_id, campaign_id) references campaign,
  foreign key (workspace_id, picture_id) references picture
);
create index brief_image_of_picture on brief_image (workspace_id, picture_id);
call kontor_raise_wall('brief_image');
