-- The lexemes of a text stay what they are; a text of ASCII alone, and one without umlauts, comes to them at less cost.
create or replace function search_fold(p text) returns text language sql immutable parallel safe
  return case when octet_length(p) = char_length(p) then lower(p collate "C") collate pg_c_utf8 else normalize(regexp_replace(normalize(
    translate(replace(replace(replace(replace(lower(normalize(p, nfkc) collate pg_c_utf8), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'),
      'øłđðıħ', 'olddih'), nfd), '[\u0300-\u036f]', '', 'g'), nfc) end;

create or replace function search_words(p_workspace uuid, p_text text) returns tsvector language plpgsql immutable parallel safe
  set search_path = public, pg_temp as $f$
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
  return array_to_tsvector(array(select distinct w from unnest(v_found || ('@' || p_workspace)) w));
end $f$;

-- Whoever belongs to a thread or a mailbox belongs to its workspace; asking that row as well locked it once more per line.
alter table thread drop constraint thread_workspace_id_fkey;
alter table reference drop constraint reference_workspace_id_fkey;
alter table message drop constraint message_workspace_id_fkey;
