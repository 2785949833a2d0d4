-- Packages of photos for schools, and what each says of which file.
CREATE TABLE deliveries (
    id uuid NOT NULL PRIMARY KEY,
    school_id uuid NOT NULL REFERENCES schools (id),
    task_id uuid NOT NULL REFERENCES tasks (id),
    kind text NOT NULL CHECK (kind IN ('full', 'incremental')),
    state text NOT NULL CHECK (state IN ('building', 'ready', 'failed', 'acknowledged', 'cancelled')),
    profile text NOT NULL,
    settings jsonb NOT NULL,
    base_id uuid REFERENCES deliveries (id),
    counts jsonb NOT NULL,
    photos_done bigint NOT NULL,
    photos_total bigint NOT NULL,
    object_key text NOT NULL,
    object_bytes bigint NOT NULL,
    object_sha256 bytea NOT NULL,
    failure text CHECK (failure IN ('empty', 'keys_destroyed')),
    account_id uuid REFERENCES accounts (id),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    ready_at timestamptz,
    acknowledged_at timestamptz,
    CHECK ((kind = 'incremental') = (base_id IS NOT NULL)),
    CHECK ((state = 'failed') = (failure IS NOT NULL)),
    CHECK ((state = 'acknowledged') = (acknowledged_at IS NOT NULL))
);
CREATE INDEX deliveries_task ON deliveries (school_id, task_id, id);
-- Packages of one profile follow each other.
CREATE UNIQUE INDEX deliveries_one_building ON deliveries (school_id, task_id, profile) WHERE state = 'building';
CREATE INDEX deliveries_file ON deliveries (updated_at) WHERE object_key <> '';

CREATE TABLE delivery_photos (
    id uuid NOT NULL PRIMARY KEY,
    school_id uuid NOT NULL REFERENCES schools (id),
    delivery_id uuid NOT NULL REFERENCES deliveries (id),
    photo_id uuid NOT NULL REFERENCES photos (id),
    change text NOT NULL CHECK (change IN ('added', 'kept', 'removed')),
    name_sealed bytea NOT NULL,
    row_index bytea NOT NULL
);
CREATE INDEX delivery_photos_delivery ON delivery_photos (delivery_id, id);
CREATE INDEX delivery_photos_photo ON delivery_photos (photo_id);
