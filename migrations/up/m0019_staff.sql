-- The roles of staff, of which those of a school can be limited to colleges and classes. No role was given before but by hand;
-- rows that fit none of the roles are left out.
CREATE TABLE new_staff_roles (
    id uuid NOT NULL PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES accounts (id),
    role text NOT NULL CHECK (role IN ('operator', 'bureau_reviewer', 'finance', 'officer', 'school_reviewer')),
    school_id uuid REFERENCES schools (id),
    limits jsonb NOT NULL DEFAULT '{"colleges": [], "classes": []}',
    created_at timestamptz NOT NULL,
    version integer NOT NULL DEFAULT 1,
    UNIQUE (school_id, account_id, role),
    CHECK ((school_id IS NULL) = (role IN ('operator', 'bureau_reviewer', 'finance')))
);
INSERT INTO new_staff_roles (id, account_id, role, school_id, created_at)
SELECT id, account_id,
    CASE WHEN role <> 'reviewer' THEN role WHEN school_id IS NULL THEN 'bureau_reviewer' ELSE 'school_reviewer' END,
    school_id, created_at
FROM staff_roles
WHERE role = 'reviewer' OR (school_id IS NULL) = (role IN ('operator', 'finance'));
DROP TABLE staff_roles;
ALTER TABLE new_staff_roles RENAME TO staff_roles;
-- A unique key lets empty schools repeat; this one does not.
CREATE UNIQUE INDEX staff_roles_of_every_school ON staff_roles (account_id, role) WHERE school_id IS NULL;
CREATE INDEX staff_roles_account ON staff_roles (account_id);

CREATE TABLE staff_members (
    account_id uuid NOT NULL PRIMARY KEY REFERENCES accounts (id),
    name_sealed bytea NOT NULL,
    invited_at timestamptz NOT NULL,
    totp_secret_sealed bytea,
    totp_confirmed_at timestamptz,
    totp_last_step bigint,
    tries_full_at timestamptz,
    version integer NOT NULL,
    CHECK (totp_secret_sealed IS NOT NULL OR (totp_confirmed_at IS NULL AND totp_last_step IS NULL))
);

CREATE TABLE staff_recovery_codes (
    id uuid NOT NULL PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES accounts (id),
    code_hash bytea NOT NULL,
    created_at timestamptz NOT NULL,
    used_at timestamptz,
    UNIQUE (account_id, code_hash)
);

-- The sessions in which the second factor was confirmed.
CREATE TABLE staff_sessions (
    family_id uuid NOT NULL PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES accounts (id),
    confirmed_at timestamptz NOT NULL,
    last_seen_at timestamptz NOT NULL
);
CREATE INDEX staff_sessions_account ON staff_sessions (account_id);
