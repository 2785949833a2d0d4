DROP TABLE staff_sessions;
DROP TABLE staff_recovery_codes;
DROP TABLE staff_members;
CREATE TABLE old_staff_roles (
    id uuid NOT NULL PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES accounts (id),
    role text NOT NULL CHECK (role IN ('reviewer', 'officer', 'finance', 'operator')),
    school_id uuid REFERENCES schools (id),
    created_at timestamptz NOT NULL,
    UNIQUE (school_id, account_id, role)
);
INSERT INTO old_staff_roles (id, account_id, role, school_id, created_at)
SELECT id, account_id, CASE WHEN role IN ('bureau_reviewer', 'school_reviewer') THEN 'reviewer' ELSE role END,
    school_id, created_at
FROM staff_roles;
DROP TABLE staff_roles;
ALTER TABLE old_staff_roles RENAME TO staff_roles;
CREATE UNIQUE INDEX staff_roles_of_every_school ON staff_roles (account_id, role) WHERE school_id IS NULL;
CREATE INDEX staff_roles_account ON staff_roles (account_id);
