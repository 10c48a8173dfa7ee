#pragma once

namespace inodeck {

/// What the role inodeck_owner makes; may run again at any time. Writers get no right but to read and to call
/// two functions that run as the owner. The triggers are against accidents; the signatures are against
/// people.
inline constexpr const char* PostgresSchema = R"(
CREATE TABLE IF NOT EXISTS inodeck.records(
    seq bigint PRIMARY KEY CHECK (seq >= 0),
    id text COLLATE "C" NOT NULL UNIQUE,
    prev text COLLATE "C" NOT NULL UNIQUE,
    hash text COLLATE "C" NOT NULL,
    ts text COLLATE "C" NOT NULL,
    type text COLLATE "C" NOT NULL,
    op_id text COLLATE "C" NOT NULL,
    vm text COLLATE "C" NOT NULL,
    project text COLLATE "C" NOT NULL,
    service text COLLATE "C" NOT NULL,
    account text COLLATE "C" NOT NULL,
    claimed text COLLATE "C" NOT NULL,
    outcome text COLLATE "C" NOT NULL,
    container_id text COLLATE "C" NOT NULL,
    line bytea NOT NULL,
    sig bytea NOT NULL CHECK (octet_length(sig) = 64));
CREATE INDEX IF NOT EXISTS records_op ON inodeck.records(op_id, type);
CREATE INDEX IF NOT EXISTS records_keys ON inodeck.records(seq) WHERE type IN ('genesis','key_rotate');
CREATE INDEX IF NOT EXISTS records_container ON inodeck.records(container_id, seq);

-- One row: writers take turns at its lock.
CREATE TABLE IF NOT EXISTS inodeck.head(
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    log text COLLATE "C" NOT NULL DEFAULT '',
    next bigint NOT NULL DEFAULT 0,
    hash text COLLATE "C" NOT NULL DEFAULT repeat('0', 64)) WITH (fillfactor = 10);
INSERT INTO inodeck.head DEFAULT VALUES ON CONFLICT DO NOTHING;

CREATE OR REPLACE FUNCTION inodeck.refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the log is append-only'; END $$;
CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON inodeck.records
    FOR EACH STATEMENT EXECUTE FUNCTION inodeck.refuse();
CREATE OR REPLACE TRIGGER single_row BEFORE DELETE OR TRUNCATE ON inodeck.head
    FOR EACH STATEMENT EXECUTE FUNCTION inodeck.refuse();
CREATE OR REPLACE TRIGGER only_forward BEFORE UPDATE ON inodeck.head
    FOR EACH ROW WHEN (NEW.next <> OLD.next + 1 OR OLD.next > 0 AND NEW.log <> OLD.log)
    EXECUTE FUNCTION inodeck.refuse();
ALTER TABLE inodeck.records ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE inodeck.head ENABLE ALWAYS TRIGGER single_row;
ALTER TABLE inodeck.head ENABLE ALWAYS TRIGGER only_forward;

CREATE OR REPLACE FUNCTION inodeck.lock_head() RETURNS TABLE(next bigint, hash text, log text)
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$ SELECT h.next, h.hash, h.log FROM inodeck.head h FOR UPDATE $$;

CREATE OR REPLACE FUNCTION inodeck.append(
    new_log text, new_seq bigint, new_id text, new_prev text, new_hash text, ts text, type text, op_id text,
    vm text, project text, service text, account text, claimed text, outcome text, container_id text,
    line bytea, sig bytea) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    at inodeck.head%ROWTYPE;
    said text;
    inserted bigint;
BEGIN
    SELECT * INTO STRICT at FROM inodeck.head FOR UPDATE;
    IF new_seq IS DISTINCT FROM at.next OR new_prev IS DISTINCT FROM at.hash
        OR (at.next > 0 AND new_log IS DISTINCT FROM at.log) OR coalesce(new_log, '') = '' THEN
        RAISE EXCEPTION 'record % does not continue the log, whose next record is %', new_seq, at.next;
    END IF;
    IF new_hash IS DISTINCT FROM encode(sha256(line), 'hex') OR octet_length(line) > 16384 THEN
        RAISE EXCEPTION 'record % has the hash of another line, or is too long', new_seq;
    END IF;
    -- What decides what is done next must be found by what the line says. Its quotes are escaped within texts.
    FOREACH said IN ARRAY ARRAY['"id":"' || new_id || '"', '"prev":"' || new_prev || '"',
        '"seq":' || new_seq || ',', '"ts":"' || ts || '"', '"type":"' || type || '"',
        '"op_id":"' || op_id || '"', CASE outcome WHEN '' THEN '{' ELSE '"status":"' || outcome || '"' END] LOOP
        IF coalesce(strpos(convert_from(line, 'UTF8'), said), 0) = 0 THEN
            RAISE EXCEPTION 'record % is to be listed as something else than it says', new_seq;
        END IF;
    END LOOP;
    INSERT INTO inodeck.records VALUES (new_seq, new_id, new_prev, new_hash, ts, type, op_id, vm, project,
        service, account, claimed, outcome, container_id, line, sig);
    GET DIAGNOSTICS inserted = ROW_COUNT;
    IF inserted <> 1 THEN
        RAISE EXCEPTION 'record % was not kept', new_seq;
    END IF;
    UPDATE inodeck.head SET log = new_log, next = new_seq + 1, hash = new_hash;
END
$$;

REVOKE ALL ON SCHEMA inodeck FROM PUBLIC, inodeck_writer;
REVOKE ALL ON ALL TABLES IN SCHEMA inodeck FROM PUBLIC, inodeck_writer;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA inodeck FROM PUBLIC, inodeck_writer;
GRANT USAGE ON SCHEMA inodeck TO inodeck_writer;
GRANT SELECT ON inodeck.records, inodeck.head TO inodeck_writer;
GRANT EXECUTE ON FUNCTION inodeck.lock_head(),
    inodeck.append(text, bigint, text, text, text, text, text, text, text, text, text, text, text, text, text,
        bytea, bytea) TO inodeck_writer;
)";

} // namespace inodeck
